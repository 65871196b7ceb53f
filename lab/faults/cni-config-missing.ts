import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A clean-up of old CNI files on one node took the only one. What ran there went on; the first pod to be replaced never came back.',
  ...across({ namespace: 'glassworks', server: 'furnace', listens: 8301, client: 'blower', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-c' }, run: ['rm', '/etc/cni/net.d/10-flannel.conflist'] },
    { remove: 'pods -l app=furnace' },
  ],
  // Its init container writes the file, by which the node becomes ready again.
  heal: [{ restart: 'flannel', node: 'node-c' }],
  symptom: { at: { pod: 'blower' }, request: http('furnace', 80), fails: 'always' },
  until: { get: ['nodes', 'node-c'], shows: /NotReady/ },
  proof: 'nodes',
  runs: [finds(['CNI-01'], { beside: ['POD-01', 'NODE-09', 'SVC-02'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
