const kinds = [
  'vxlan',
  'geneve',
  'ipip',
  'ip6tnl',
  'sit',
  'gre',
  'gretap',
  'ip6gre',
  'ip6gretap',
  'wireguard',
  'tun',
  'xfrm',
];

/** Devices that wrap packets for another host. */
export const isTunnel = ({ kind }: { readonly kind: string }): boolean => kinds.includes(kind);

/** The tunnels of flannel, named after the network they carry: "flannel.1", "flannel-v6.1". */
export const isFlannels = (name: string): boolean => /^flannel(-v6)?\.\d{1,8}$/.test(name);
