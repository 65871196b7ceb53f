import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'The Service was in a chart that somebody uninstalled; the Deployment was not.',
  namespace: 'aquarium',
  flow: { from: 'pod/aquarium/diver', to: 'svc/aquarium/pump' },
  objects: [
    deployment('aquarium', web('pump', 8115, { replicas: 1 })),
    service('aquarium', 'pump', { selector: { app: 'pump' }, ports: [{ port: 80, targetPort: 8115 }] }),
    client('aquarium', { name: 'diver' }),
  ],
  inject: [{ remove: 'service pump' }],
  symptom: { at: { pod: 'diver' }, request: http('pump', 80), fails: 'always' },
  runs: [finds(['DNS-22'], { never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
