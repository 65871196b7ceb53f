import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { METADATA, metadataServer } from '../scenario/metadata-server.ts';
import { http } from '../scenario/requests.ts';

const RULE = ['INPUT', '-s', '10.244.0.0/16', '-d', METADATA, '-j', 'DROP'];

export const fault: Fault = {
  story:
    'To keep credentials of the nodes from Pods, a rule closed the metadata address to them. One program still asks there for its own.',
  namespace: 'stamping',
  flow: { from: 'pod/stamping/coiner', to: `ip/${METADATA}:8355` },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [
    metadataServer('stamping', { node: 'node-b', port: 8355 }),
    client('stamping', { name: 'coiner', node: 'node-b' }),
  ],
  inject: [{ at: { node: 'node-b' }, run: ['iptables', '-w', '-I', ...RULE] }],
  heal: [{ at: { node: 'node-b' }, run: ['iptables', '-w', '-D', ...RULE] }],
  symptom: { at: { pod: 'coiner' }, request: http(METADATA, 8355, { seconds: 1 }), fails: 'always' },
  proof: 'nodes',
  runs: [
    // The rule is one of the node's own firewall: whoever names that is right as well.
    findsAs('egress-fails', ['EGR-05', 'NODE-08'], { never: ['EGR-01', 'EGR-03', 'NODE-03'] }),
  ],
};
