import type { Change } from './change.ts';

const DROP =
  'table ip resolver { chain in { type filter hook input priority 0; ip daddr 10.0.0.53 udp dport 53 drop; }; }';

/** The resolver outside answers nobody any more. What was asked a moment ago would still be in the cache. */
export const upstreamSilent: Change[] = [{ at: { net: 'bastion' }, run: ['nft', DROP] }, { restart: 'coredns' }];

export const upstreamAnswers: Change[] = [
  { at: { net: 'bastion' }, run: ['nft', 'delete', 'table', 'ip', 'resolver'] },
];
