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
  'kube-proxy-metrics.txt',
  'iptables-version.txt',
];

const healthy: readonly Shot[] = [
  { profile: 'plain', node: 'node-b', programs: EVERYTHING },
  { profile: 'nft', node: 'node-b', programs: RULES },
  { profile: 'doors', node: 'node-b', programs: RULES },
  { profile: 'routed', node: 'node-b', programs: RULES },
  { profile: 'cached', node: 'node-c', programs: RULES },
];

export const SHOTS: readonly Shot[] = [...healthy];
