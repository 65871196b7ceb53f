import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { http } from '../scenario/requests.ts';

const LOST = { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.88'] } };
const diver = (pod: object) => client('reef', { name: 'diver', pod });
const pearl = (targetPort: number) =>
  service('reef', 'pearl', { selector: { app: 'pearl' }, ports: [{ port: 80, targetPort }] });

export const fault: Fault = {
  story: 'The client was given a resolver that does not exist, and the Service a target port that nobody listens on.',
  namespace: 'reef',
  flow: { from: 'pod/reef/diver', to: 'svc/reef/pearl' },
  objects: [deployment('reef', web('pearl', 8165, { replicas: 1 })), pearl(8165), diver({})],
  inject: [{ apply: [pearl(8156)] }, ...replaced(diver(LOST))],
  heal: [{ apply: [pearl(8165)] }, ...replaced(diver({}))],
  symptom: { at: { pod: 'diver' }, request: http('pearl', 80), fails: 'always' },
  runs: [finds(['SVC-03', 'DNS-10'], { beside: ['DNS-10', 'SVC-03'], never: ['SVC-01', 'DNS-01', 'DNS-22'] })],
};
