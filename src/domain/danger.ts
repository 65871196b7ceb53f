/** Repairs that circulate and do harm. Each has two sentences: what it does, and what to do instead. */
export const dangerIds = [
  'rules-flushed',
  'rule-by-number',
  'chain-of-another',
  'rules-traced',
  'connections-flushed',
  'plugin-removed',
  'namespace-removed',
  'node-removed',
  'dns-removed',
  'policies-removed',
  'all-removed',
  'pods-forced',
  'all-restarted',
  'agent-restarted',
  'firewall-stopped',
  'network-restarted',
  'node-restarted',
  'node-reset',
  'store-edited',
  'path-filter-loosened',
  'forwarding-off',
  'bridge-hook-off',
  'sockets-tuned',
  'neighbour-removed',
  'plugin-files-removed',
  'hosts-edited',
  'resolver-edited',
] as const;
export type DangerId = (typeof dangerIds)[number];

/** One command as it is said: the program it names, without the folder it lies in, and what stands around that. */
export interface Said {
  readonly program: string;
  readonly before: readonly string[];
  readonly args: readonly string[];
}
export type DangerRule = (said: Said) => DangerId | undefined;
