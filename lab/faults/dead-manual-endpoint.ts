import { NETWORK } from '../cluster/plan.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, type Manifest, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const slice = (address: string): Manifest => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'legacy-db-1', namespace: 'archive', labels: { 'kubernetes.io/service-name': 'legacy-db' } },
  addressType: 'IPv4',
  ports: [{ name: '', port: 80, protocol: 'TCP' }],
  endpoints: [{ addresses: [address], conditions: { ready: true } }],
});

export const fault: Fault = {
  story: 'The database outside of the cluster has moved; the hand-made endpoint still shows the old machine.',
  namespace: 'archive',
  flow: { from: 'pod/archive/exporter', to: 'svc/archive/legacy-db:5432' },
  objects: [
    service('archive', 'legacy-db', { ports: [{ port: 5432, targetPort: 80 }] }),
    slice(NETWORK.outside),
    client('archive', { name: 'exporter' }),
  ],
  inject: [{ apply: [slice('198.51.100.77')] }],
  symptom: { at: { pod: 'exporter' }, request: http('legacy-db', 5432), fails: 'always' },
  // Silence alone: a policy on the way out would look the same. The nodes know better.
  proof: 'nodes',
  runs: [finds(['SVC-06'], { never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-01'] })],
};
