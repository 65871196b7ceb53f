import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, type ServicePort, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const collector = (protocol: ServicePort['protocol']) =>
  service('telemetry', 'collector', {
    selector: { app: 'collector' },
    ports: [{ name: 'intake', port: 4318, targetPort: 4318, protocol }],
  });

export const fault: Fault = {
  story: 'Copied from the syslog Service: the collector speaks TCP, its Service says UDP.',
  namespace: 'telemetry',
  flow: { from: 'pod/telemetry/agent', to: 'svc/telemetry/collector:4318/tcp' },
  objects: [deployment('telemetry', web('collector', 4318)), collector('TCP'), client('telemetry', { name: 'agent' })],
  inject: [{ recreate: [collector('UDP')] }],
  heal: [{ recreate: [collector('TCP')] }],
  symptom: { at: { pod: 'agent' }, request: http('collector', 4318), fails: 'always' },
  runs: [finds(['SVC-04'], { never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
