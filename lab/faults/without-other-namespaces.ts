import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const scrolls = (targetPort: number) =>
  service('hermitage', 'scrolls', { selector: { app: 'scrolls' }, ports: [{ port: 80, targetPort }] });

export const fault: Fault = {
  story: 'A developer may see his own namespace and nothing else. The fault is in there, so he has to be told.',
  namespace: 'hermitage',
  flow: { from: 'pod/hermitage/novice', to: 'svc/hermitage/scrolls' },
  objects: [
    deployment('hermitage', web('scrolls', 8193, { replicas: 1 })),
    scrolls(8193),
    client('hermitage', { name: 'novice' }),
  ],
  inject: [{ apply: [scrolls(8139)] }],
  symptom: { at: { pod: 'novice' }, request: http('scrolls', 80), fails: 'always' },
  runs: [
    { as: 'oneteam', expect: finds(['SVC-03'], { never: ['SVC-01', 'NODE-09', 'POD-03'] }).expect },
    {
      as: 'oneteam',
      level: 'observe',
      expect: { exit: 5, result: 'inconclusive', top: ['SVC-03'], certainty: ['possible'] },
    },
  ],
};
