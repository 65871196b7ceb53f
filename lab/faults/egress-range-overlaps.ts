import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const route = (how: string) => ['ip', 'route', how, '198.51.100.0/24', 'dev', 'cni0'];

export const fault: Fault = {
  story:
    'The leased line brought the network of the partner in, and the range that was added for pods on this node is the same one.',
  namespace: 'hopyard',
  flow: { from: 'pod/hopyard/brewer', to: 'ip/198.51.100.7:80' },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [client('hopyard', { name: 'brewer', node: 'node-b' })],
  inject: [{ at: { node: 'node-b' }, run: route('add') }],
  heal: [{ at: { node: 'node-b' }, run: route('del') }],
  symptom: { at: { pod: 'brewer' }, request: http('198.51.100.7', 80, { seconds: 1 }), fails: 'always' },
  proof: 'nodes',
  runs: [findsAs('egress-fails', ['EGR-02'], { never: ['EGR-01', 'NODE-03'] })],
};
