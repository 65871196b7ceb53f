import type { Profile } from '../cluster/profiles.ts';
import { NODE_PROGRAMS, type NodeProgram } from './programs.ts';

/** What is recorded on one kind of cluster, healthy and with each of the named faults. */
export interface Shot {
  profile: Profile;
  /** Name of the fault that is there; none on a healthy cluster. */
  fault?: string;
  node: string;
  /** A pod whose network is recorded as well. */
  pod?: { namespace: string; name: string };
  programs: readonly NodeProgram[];
}

const EVERYTHING = Object.keys(NODE_PROGRAMS) as NodeProgram[];

// What differs between kinds of clusters; the rest would be recorded twice.
const RULES: readonly NodeProgram[] = [
  'iptables-save.txt',
  'iptables-legacy-save.txt',
  'ip6tables-save.txt',
  'nft-ruleset.json',
  'nft-ruleset.txt',
  'ip-tables-names.txt',
  'ip-route.json',
  'ip6-route.json',
  'ip-addr.json',
  'ip-neigh.json',
  'bridge-fdb.json',
  'ipset.txt',
  'kube-proxy-mode.txt',
  'iptables-version.txt',
];

const LINKS: readonly NodeProgram[] = [
  'ip-addr.json',
  'ip-link.json',
  'ip-route.json',
  'ip-neigh.json',
  'bridge-link.json',
  'bridge-fdb.json',
  'nstat.json',
  'sysctl.txt',
];

const CONNTRACK: readonly NodeProgram[] = [
  'conntrack-count.txt',
  'conntrack-statistics.txt',
  'conntrack-list.txt',
  'proc-net-stat-nf-conntrack.txt',
  'sysctl.txt',
];

const IPVS: readonly NodeProgram[] = [
  'ipvsadm-list.txt',
  'ipvsadm-save.txt',
  'ipvsadm-statistics.txt',
  'ipvsadm-connections.txt',
  'ipvsadm-timeout.txt',
  'proc-net-ip-vs.txt',
  'proc-net-ip-vs-conn.txt',
  'proc-net-ip-vs-stats.txt',
  'kube-ipvs0-addr.txt',
  'kube-ipvs0-addr.json',
  'ipset.txt',
  'iptables-save.txt',
  'ip-route.txt',
  'sysctl.txt',
  'kube-proxy-mode.txt',
  'uname.txt',
];

const dnsPod = { namespace: 'kube-system', name: 'k8s-app=kube-dns' };

const healthy: readonly Shot[] = [
  { profile: 'plain', node: 'node-b', programs: EVERYTHING, pod: dnsPod },
  { profile: 'nft', node: 'node-b', programs: [...RULES, 'kube-proxy-metrics.txt'] },
  { profile: 'doors', node: 'node-b', programs: RULES },
  { profile: 'routed', node: 'node-b', programs: [...RULES, 'ip-link.json'] },
  { profile: 'cached', node: 'node-c', programs: RULES },
];

const broken: readonly Shot[] = [
  { profile: 'plain', fault: 'rules-flushed', node: 'node-a', programs: RULES },
  { profile: 'plain', fault: 'one-jump-missing', node: 'node-a', programs: RULES },
  { profile: 'plain', fault: 'host-firewall-rejects-forwarding', node: 'node-b', programs: RULES },
  { profile: 'plain', fault: 'legacy-leftovers', node: 'node-a', programs: RULES },
  { profile: 'plain', fault: 'proxy-frozen', node: 'node-a', programs: [...RULES, 'kube-proxy-healthz.json'] },
  { profile: 'plain', fault: 'node-without-default-route', node: 'node-a', programs: LINKS },
  { profile: 'plain', fault: 'network-restarted', node: 'node-b', programs: LINKS },
  { profile: 'plain', fault: 'rp-filter-strict', node: 'node-a', programs: LINKS },
  { profile: 'plain', fault: 'forwarding-off', node: 'node-b', programs: LINKS },
  { profile: 'plain', fault: 'pod-mtu-above-tunnel', node: 'node-a', programs: LINKS },
  { profile: 'plain', fault: 'conntrack-table-full', node: 'node-a', programs: CONNTRACK },
  { profile: 'nft', fault: 'rules-flushed-nftables', node: 'node-a', programs: RULES },
  { profile: 'doors', fault: 'policy-denies-ingress', node: 'node-b', programs: RULES },
  { profile: 'doors', fault: 'policy-selects-old-label', node: 'node-b', programs: RULES },
  { profile: 'cached', fault: 'xtables-lock-held', node: 'node-c', programs: RULES },
];

export const SHOTS: readonly Shot[] = [...healthy, ...broken];

/** On a machine with another kernel (`lab/vm.ts`). */
export const SHOTS_ELSEWHERE: readonly Shot[] = [
  { profile: 'ipvs', node: 'node-a', programs: IPVS },
  { profile: 'ipvs', fault: 'ipvs-address-removed', node: 'node-a', programs: IPVS },
  { profile: 'ipvs', fault: 'ipvs-table-flushed', node: 'node-a', programs: IPVS },
  { profile: 'ipvs', fault: 'ipvs-no-real-server', node: 'node-a', programs: IPVS },
  { profile: 'ipvs', fault: 'ipvs-real-server-stale', node: 'node-a', programs: IPVS },
  { profile: 'ipvs', fault: 'ipvs-weight-zero', node: 'node-a', programs: IPVS },
  { profile: 'ipvs', fault: 'ipvs-conntrack-off', node: 'node-a', programs: IPVS },
];
