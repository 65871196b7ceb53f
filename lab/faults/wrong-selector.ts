import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const cart = (app: string) =>
  service('shop', 'cart', { selector: { app }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] });

export const fault: Fault = {
  story: 'The label was renamed in the chart of the Deployment, the Service was forgotten.',
  namespace: 'shop',
  flow: { from: 'pod/shop/client', to: 'svc/shop/cart' },
  objects: [deployment('shop', web('cart', 8080, { replicas: 3 })), cart('cart'), client('shop', { name: 'client' })],
  inject: [{ apply: [cart('cart-v2')] }],
  symptom: { at: { pod: 'client' }, request: http('cart', 80), fails: 'always' },
  runs: [
    finds(['SVC-01'], { certainty: ['certain'], never: ['SVC-02', 'POD-03', 'DNS-22'] }),
    // Objects show it all, but without a probe nobody has seen the symptom.
    { level: 'observe', expect: { exit: 3, result: 'fault', top: ['SVC-01'], certainty: ['certain', 'probable'] } },
    {
      as: 'viewer',
      expect: { exit: 3, result: 'fault', top: ['SVC-01'], certainty: ['certain', 'probable'], names: /pods\/exec/ },
    },
    { as: 'nobody', expect: { exit: 4 } },
  ],
};
