import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { resolves } from '../scenario/requests.ts';

const signal = (name: string) => ['pkill', `-${name}`, '-x', 'node-cache'];

export const fault: Fault = {
  story:
    'The DNS cache of one node hangs. It keeps its address, so every lookup of that node goes to it and stays there.',
  on: ['cached'],
  ...across({ namespace: 'tannery', server: 'hides', listens: 8188, client: 'tanner', image: TOOLS }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-a' }, run: signal('STOP') }],
  heal: [{ at: { node: 'node-a' }, run: signal('CONT') }],
  symptom: { at: { pod: 'tanner' }, request: resolves('hides.tannery.svc.cluster.local'), fails: 'always' },
  open: 'dns',
  runs: [finds(['DNS-15'], { beside: ['DNS-03'], never: ['DNS-22', 'SVC-01', 'DNS-10'] })],
};
