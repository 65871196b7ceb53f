import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { freeze, thaw } from '../scenario/freeze.ts';
import { service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const baggage = (app: string) =>
  service('station', 'baggage', { selector: { app }, ports: [{ port: 80, targetPort: 8164 }] });

export const fault: Fault = {
  story: 'kube-proxy hung on one node. While people looked for it, somebody renamed the label the Service selects.',
  ...across({ namespace: 'station', server: 'baggage', listens: 8164, client: 'porter' }),
  disturbs: 'cluster',
  inject: [
    freeze('node-a', 'kube-proxy'),
    { apply: [baggage('luggage')] },
    { kubectl: ['-n', 'station', 'rollout', 'restart', 'deploy/baggage'] },
    rolledOut('station', 'deploy/baggage'),
  ],
  heal: [thaw('node-a', 'kube-proxy'), { apply: [baggage('baggage')] }],
  symptom: { at: { pod: 'porter' }, request: http('baggage', 80), fails: 'always' },
  runs: [finds(['SVC-01'], { beside: ['KP-02', 'KP-01'], never: ['SVC-03', 'POD-03', 'SVC-02'] })],
};
