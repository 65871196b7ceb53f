import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const announce = (address: string) => ({
  kubectl: ['annotate', 'node', 'node-c', '--overwrite', `flannel.alpha.coreos.com/public-ip=${address}`],
});

export const fault: Fault = {
  story:
    'flannel of one node took the address of its second network card and told everybody. They send its packets to where they never arrive.',
  ...across({ namespace: 'embargo', server: 'freight', listens: 8310, client: 'broker', on: 'node-c', from: 'node-a' }),
  disturbs: 'cluster',
  inject: [announce('10.0.2.15')],
  heal: [announce('10.0.0.13')],
  symptom: { at: { pod: 'broker' }, request: http('freight', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-10'], { beside: ['CNI-13'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
