import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A script that frees /run of old folders took the lease of flannel with them on one node. What ran there went on; nothing new got a network.',
  ...across({ namespace: 'winecellar', server: 'cellar', listens: 8348, client: 'cooper', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: ['rm', '/run/flannel/subnet.env'] }, { remove: 'pods -l app=cellar' }],
  until: { get: ['events'], shows: /subnet\.env/ },
  // It writes the file when it starts.
  heal: [{ restart: 'flannel', node: 'node-c' }],
  symptom: { at: { pod: 'cooper' }, request: http('cellar', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-03'], { beside: ['POD-01', 'SVC-02'], never: ['SVC-01', 'SVC-03', 'POD-03', 'CNI-02'] })],
};
