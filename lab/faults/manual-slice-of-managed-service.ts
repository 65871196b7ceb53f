import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, type Manifest, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const stray: Manifest = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'bell-stray', namespace: 'chapel', labels: { 'kubernetes.io/service-name': 'bell' } },
  addressType: 'IPv4',
  ports: [{ name: '', port: 8119, protocol: 'TCP' }],
  endpoints: [{ addresses: ['10.244.9.9'], conditions: { ready: true } }],
};

export const fault: Fault = {
  story:
    'A restore from backup brought an old EndpointSlice back beside the living one: half of the calls go to a pod that died last week.',
  namespace: 'chapel',
  flow: { from: 'pod/chapel/sexton', to: 'svc/chapel/bell' },
  objects: [
    deployment('chapel', web('bell', 8119, { replicas: 1 })),
    service('chapel', 'bell', { selector: { app: 'bell' }, ports: [{ port: 80, targetPort: 8119 }] }),
    client('chapel', { name: 'sexton' }),
  ],
  inject: [{ apply: [stray] }],
  heal: [{ remove: 'endpointslice bell-stray' }],
  symptom: { at: { pod: 'sexton' }, request: http('bell', 80, { seconds: 1 }), fails: 'sometimes' },
  runs: [finds(['SVC-09'], { never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
