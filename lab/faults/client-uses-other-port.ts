import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const reels = (port: number) =>
  service('fishing', 'reel', { selector: { app: 'reel' }, ports: [{ name: 'http', port, targetPort: 8116 }] });

export const fault: Fault = {
  story: 'The Service moved from port 8080 to 80; one caller still has the old number in its configuration.',
  namespace: 'fishing',
  flow: { from: 'pod/fishing/angler', to: 'svc/fishing/reel:8080' },
  objects: [
    deployment('fishing', web('reel', 8116, { replicas: 1 })),
    reels(8080),
    client('fishing', { name: 'angler' }),
  ],
  inject: [{ apply: [reels(80)] }],
  symptom: { at: { pod: 'angler' }, request: http('reel', 8080), fails: 'always' },
  runs: [finds(['SVC-17'], { beside: ['SVC-03', 'SVC-04'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
