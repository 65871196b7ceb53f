import { TOOLS } from '../build/images.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { resolves } from '../scenario/requests.ts';

const pilot = (pod: object) => client('airport', { name: 'pilot', image: TOOLS, pod });

export const fault: Fault = {
  story: 'The pod brings its own DNS settings from another cluster; the server in them does not exist here.',
  namespace: 'airport',
  flow: { from: 'pod/airport/pilot', to: 'svc/airport/tower' },
  objects: [
    deployment('airport', web('tower', 8141, { replicas: 1 })),
    service('airport', 'tower', { selector: { app: 'tower' }, ports: [{ port: 80, targetPort: 8141 }] }),
    pilot({}),
  ],
  inject: replaced(
    pilot({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.99'], searches: ['svc.cluster.local'] } }),
  ),
  heal: replaced(pilot({})),
  symptom: { at: { pod: 'pilot' }, request: resolves('tower.airport.svc.cluster.local'), fails: 'always' },
  runs: [finds(['DNS-10'], { beside: ['DNS-03'], never: ['SVC-01', 'DNS-01', 'DNS-22'] })],
};
