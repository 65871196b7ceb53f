const kinds = ['vxlan', 'geneve', 'ipip', 'ip6tnl', 'sit', 'gre', 'gretap', 'wireguard', 'tun', 'xfrm'];

/** Devices that wrap packets for another host. */
export const isTunnel = ({ kind }: { readonly kind: string }): boolean => kinds.includes(kind);
