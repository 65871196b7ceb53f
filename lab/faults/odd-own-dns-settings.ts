import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { http } from '../scenario/requests.ts';

const own = {
  dnsPolicy: 'None',
  dnsConfig: {
    nameservers: ['10.96.0.10'],
    searches: ['svc.cluster.local', 'cluster.local'],
    options: [{ name: 'ndots', value: '2' }],
  },
};
const jeweller = (pod: object) => client('bazaar', { name: 'jeweller', pod });

export const fault: Fault = {
  story: 'A pod with a resolv.conf of its own that looks unlike every other, and is right.',
  namespace: 'bazaar',
  flow: { from: 'pod/bazaar/jeweller', to: 'svc/bazaar/scales' },
  objects: [
    deployment('bazaar', web('scales', 8172, { replicas: 1 })),
    service('bazaar', 'scales', { selector: { app: 'scales' }, ports: [{ port: 80, targetPort: 8172 }] }),
    jeweller({}),
  ],
  inject: replaced(jeweller(own)),
  symptom: { at: { pod: 'jeweller' }, request: http('scales.bazaar', 80), fails: 'never' },
  runs: [staysFree],
};
