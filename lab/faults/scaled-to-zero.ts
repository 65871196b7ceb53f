import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const anvil = (replicas: number) => deployment('forge', web('anvil', 8114, { replicas }));

export const fault: Fault = {
  story: 'A job that saves money at night scaled the server to zero and was not told that the night shift needs it.',
  namespace: 'forge',
  flow: { from: 'pod/forge/smith', to: 'svc/forge/anvil' },
  objects: [
    anvil(1),
    service('forge', 'anvil', { selector: { app: 'anvil' }, ports: [{ port: 80, targetPort: 8114 }] }),
    client('forge', { name: 'smith' }),
  ],
  inject: [{ apply: [anvil(0)] }],
  symptom: { at: { pod: 'smith' }, request: http('anvil', 80), fails: 'always' },
  runs: [finds(['SVC-18'], { never: ['SVC-01', 'POD-01', 'POD-03', 'SVC-03'] })],
  repairs: true,
};
