import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { freeze, thaw } from '../scenario/freeze.ts';
import { resolves } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'The DNS cache of one node hangs. It keeps its address, so every lookup of that node goes to it and stays there.',
  on: ['cached'],
  ...across({ namespace: 'tannery', server: 'hides', listens: 8188, client: 'tanner', image: TOOLS }),
  disturbs: 'cluster',
  inject: [freeze('node-a', 'node-cache')],
  heal: [thaw('node-a', 'node-cache')],
  symptom: { at: { pod: 'tanner' }, request: resolves('hides.tannery.svc.cluster.local'), fails: 'always' },
  runs: [finds(['DNS-15'], { beside: ['DNS-03'], never: ['DNS-22', 'SVC-01', 'DNS-10'] })],
};
