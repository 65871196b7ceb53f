import { outside } from '../scenario/doors.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const route = (how: string) => ['ip', 'route', how, 'blackhole', '198.51.100.0/24'];

export const fault: Fault = {
  story:
    'A route that was set on one node during an attack was never taken back: from there the partner is a black hole.',
  namespace: 'sawmill',
  flow: { from: 'pod/sawmill/feller', to: 'svc/sawmill/exporter' },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [...outside('sawmill', 'exporter'), client('sawmill', { name: 'feller', node: 'node-b' })],
  inject: [{ at: { node: 'node-b' }, run: route('add') }],
  heal: [{ at: { node: 'node-b' }, run: route('del') }],
  symptom: { at: { pod: 'feller' }, request: http('exporter', 80, { seconds: 1 }), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['EGR-03', 'NODE-03'], { beside: ['NODE-03'], never: ['SVC-01', 'SVC-02', 'EGR-01'] })],
};
