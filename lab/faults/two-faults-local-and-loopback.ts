import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const bell = (internalTrafficPolicy: string) =>
  service('school', 'bell', {
    selector: { app: 'bell' },
    internalTrafficPolicy,
    ports: [{ port: 80, targetPort: 8163 }],
  });
const server = (address: string) =>
  deployment('school', {
    app: 'bell',
    command: ['serve', address],
    replicas: 1,
    pod: pinned('node-c'),
  });

export const fault: Fault = {
  story: 'Traffic was kept local where no server is, and the server itself was told to speak to nobody but itself.',
  namespace: 'school',
  flow: { from: 'pod/school/teacher', to: 'svc/school/bell' },
  objects: [server(':8163'), bell('Cluster'), client('school', { name: 'teacher', node: 'node-a' })],
  inject: [{ apply: [server('127.0.0.1:8163'), bell('Local')] }],
  symptom: { at: { pod: 'teacher' }, request: http('bell', 80), fails: 'always' },
  runs: [finds(['SVC-07', 'POD-03'], { beside: ['SVC-07', 'POD-03'], never: ['SVC-01', 'SVC-02'] })],
};
