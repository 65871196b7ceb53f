import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'A Service without an address of its own, asked on the port its pods really have.',
  namespace: 'planetarium',
  flow: { from: 'pod/planetarium/guide', to: 'svc/planetarium/stars:8171' },
  objects: [
    deployment('planetarium', web('stars', 8171)),
    service('planetarium', 'stars', { clusterIP: 'None', selector: { app: 'stars' }, ports: [{ port: 8171 }] }),
    client('planetarium', { name: 'guide' }),
  ],
  inject: [],
  symptom: { at: { pod: 'guide' }, request: http('stars', 8171), fails: 'never' },
  runs: [staysFree],
};
