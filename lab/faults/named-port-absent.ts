import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const catalog = (targetPort: string) =>
  service('catalog', 'items', { selector: { app: 'items' }, ports: [{ port: 8080, targetPort }] });

export const fault: Fault = {
  story: 'A linter asked for another port name, and only the Service was changed.',
  namespace: 'catalog',
  flow: { from: 'pod/catalog/storefront', to: 'svc/catalog/items:8080' },
  objects: [deployment('catalog', web('items', 3000)), catalog('http'), client('catalog', { name: 'storefront' })],
  inject: [{ apply: [catalog('web')] }],
  symptom: { at: { pod: 'storefront' }, request: http('items', 8080), fails: 'always' },
  runs: [finds(['SVC-03'], { certainty: ['certain'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
