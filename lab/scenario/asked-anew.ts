import type { Change } from './change.ts';

const known = ['10.0.0.11', 'dev', 'eth0'];

/** Where node-b asked for node-a itself, node-a would hear who it is, and so now and then find the way again. */
export const silent: Change = {
  at: { node: 'node-b' },
  run: ['ip', 'neigh', 'replace', ...known, 'lladdr', '52:54:00:00:00:11', 'nud', 'permanent'],
};
export const asksAgain: Change = { at: { node: 'node-b' }, run: ['ip', 'neigh', 'del', ...known] };

/** node-a asks for the hardware address of node-b anew. */
export const asked: Change = { at: { node: 'node-a' }, run: ['ip', 'neigh', 'flush', 'to', '10.0.0.12'] };
