import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const server = (address: string) => deployment('radio', { app: 'tuner', command: ['serve', address], replicas: 1 });
const tuner = (targetPort: number) =>
  service('radio', 'tuner', { selector: { app: 'tuner' }, ports: [{ port: 80, targetPort }] });

export const fault: Fault = {
  story: 'The server was told to listen on loopback, and the Service was pointed at another port in the same release.',
  namespace: 'radio',
  flow: { from: 'pod/radio/listener', to: 'svc/radio/tuner' },
  objects: [server(':8118'), tuner(8118), client('radio', { name: 'listener' })],
  inject: [{ apply: [server('127.0.0.1:8118'), tuner(8018)] }],
  symptom: { at: { pod: 'listener' }, request: http('tuner', 80), fails: 'always' },
  runs: [finds(['POD-03', 'SVC-03'], { beside: ['SVC-03', 'POD-03'], never: ['SVC-01', 'SVC-02'] })],
};
