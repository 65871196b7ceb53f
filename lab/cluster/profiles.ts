/** What a lab is made of. */
export interface Make {
  proxyMode: 'iptables' | 'nftables' | 'ipvs';
  /** How flannel carries packets between nodes. */
  backend: 'vxlan' | 'host-gw';
  families: 'ipv4' | 'dual';
  /** Nodes whose iptables is the legacy one. */
  legacyOn: readonly string[];
  addons: readonly AddonName[];
  /** The command that plays its faults: one of them builds a kernel before, for what that of the machine may lack, one a large program. */
  playedBy: 'test:lab' | 'lab:vm' | 'lab:gateway';
}

export type AddonName = 'policy' | 'ingress' | 'balancer' | 'gateway' | 'node-local-dns';

const plain: Make = {
  proxyMode: 'iptables',
  backend: 'vxlan',
  families: 'ipv4',
  legacyOn: [],
  addons: [],
  playedBy: 'test:lab',
};

/** Each is one start of the cluster; a fault says on which it is played. */
export const PROFILES = {
  plain,
  /** Everything that lets traffic in or keeps it out. */
  doors: { ...plain, addons: ['policy', 'ingress', 'balancer'] },
  nft: { ...plain, proxyMode: 'nftables', addons: ['policy'] },
  routed: { ...plain, backend: 'host-gw', families: 'dual' },
  cached: { ...plain, legacyOn: ['node-c'], addons: ['node-local-dns'] },
  ipvs: { ...plain, proxyMode: 'ipvs', legacyOn: ['node-b'], playedBy: 'lab:vm' },
  gateway: { ...plain, addons: ['gateway'], playedBy: 'lab:gateway' },
} as const satisfies Record<string, Make>;

export type Profile = keyof typeof PROFILES;

export const playedBy = (command: Make['playedBy']): Profile[] =>
  (Object.keys(PROFILES) as Profile[]).filter((name) => PROFILES[name].playedBy === command);

export function profileNamed(name: string): Make {
  const profile = Object.entries(PROFILES).find(([known]) => known === name)?.[1];
  if (!profile) throw new Error(`no profile ${name}; there are: ${Object.keys(PROFILES).join(', ')}`);
  return profile;
}
