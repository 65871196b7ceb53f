import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const looms = (image: string) => deployment('silkroad', web('looms', 8192, { replicas: 1, image }));

export const fault: Fault = {
  story: 'The image is missing, and so is the right to read events: the state of the pod has to say enough.',
  namespace: 'silkroad',
  flow: { from: 'pod/silkroad/merchant', to: 'svc/silkroad/looms' },
  objects: [
    looms('lab.local/busybox:1'),
    service('silkroad', 'looms', { selector: { app: 'looms' }, ports: [{ port: 80, targetPort: 8192 }] }),
    client('silkroad', { name: 'merchant' }),
  ],
  inject: [{ apply: [looms('lab.local/looms:3')] }],
  until: { get: ['pods', '-l', 'app=looms'], shows: /ImagePullBackOff|ErrImage/ },
  symptom: { at: { pod: 'merchant' }, request: http('looms', 80), fails: 'always' },
  runs: [{ as: 'noevents', expect: { ...finds(['POD-01'], { never: ['SVC-01', 'POD-03'] }).expect } }],
};
