import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const tier = { tier: 'backend' };
const search = (selector: Record<string, string>) =>
  service('search', 'query', { selector, ports: [{ port: 9200, targetPort: 9200 }] });

export const fault: Fault = {
  story: 'The Service selects the tier instead of the app, and the indexer joined the same tier.',
  namespace: 'search',
  flow: { from: 'pod/search/frontend', to: 'svc/search/query:9200' },
  objects: [
    deployment('search', web('query', 9200, { labels: tier })),
    deployment('search', web('indexer', 9300, { labels: tier, replicas: 1 })),
    search({ app: 'query' }),
    client('search', { name: 'frontend' }),
  ],
  inject: [{ apply: [search(tier)] }],
  symptom: { at: { pod: 'frontend' }, request: http('query', 9200), fails: 'sometimes' },
  runs: [finds(['SVC-05'], { never: ['SVC-01', 'SVC-02', 'POD-02'] })],
};
