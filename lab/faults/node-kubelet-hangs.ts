import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { freeze, thaw } from '../scenario/freeze.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'Somebody stopped a kubelet to look at it and went home. Its Pods run on, and after forty seconds nobody believes in them any more.',
  ...across({ namespace: 'orangery', server: 'lemons', listens: 8321, client: 'gardener', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [freeze('node-c', 'kubelet')],
  heal: [thaw('node-c', 'kubelet')],
  symptom: { at: { pod: 'gardener' }, request: http('lemons', 80), fails: 'always' },
  until: { get: ['nodes', 'node-c'], shows: /NotReady/ },
  runs: [
    finds(['NODE-09'], { beside: ['NODE-15', 'SVC-02', 'POD-02', 'SVC-03', 'POD-03'], never: ['SVC-01', 'NODE-16'] }),
    {
      ...finds(['NODE-15'], { certainty: ['certain'], beside: ['SVC-02', 'POD-02'], never: ['SVC-01', 'NODE-16'] }),
      level: 'node',
    },
  ],
};
