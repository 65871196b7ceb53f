import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const brews = (image: string) => deployment('brewery', web('brews', 8161, { replicas: 1, image }));
const brewsService = (app: string) =>
  service('brewery', 'brews', { selector: { app }, ports: [{ port: 80, targetPort: 8161 }] });

export const fault: Fault = {
  story: 'One release with two mistakes: an image that does not exist, and a Service that selects a name nobody has.',
  namespace: 'brewery',
  flow: { from: 'pod/brewery/barman', to: 'svc/brewery/brews' },
  objects: [brews('lab.local/busybox:1'), brewsService('brews'), client('brewery', { name: 'barman' })],
  inject: [{ apply: [brews('lab.local/brews:7'), brewsService('brew')] }],
  until: { get: ['pods', '-l', 'app=brews'], shows: /ImagePullBackOff|ErrImage/ },
  symptom: { at: { pod: 'barman' }, request: http('brews', 80), fails: 'always' },
  runs: [finds(['SVC-01', 'POD-01'], { beside: ['SVC-01', 'POD-01'], never: ['SVC-03', 'POD-03', 'SVC-02'] })],
};
