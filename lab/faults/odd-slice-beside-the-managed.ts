import { NETWORK } from '../cluster/plan.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, type Manifest, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const outside: Manifest = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'ferry-old', namespace: 'slipway', labels: { 'kubernetes.io/service-name': 'ferry' } },
  addressType: 'IPv4',
  ports: [{ name: '', port: 80, protocol: 'TCP' }],
  endpoints: [{ addresses: [NETWORK.outside], conditions: { ready: true } }],
};

export const fault: Fault = {
  story:
    'While a program moves into the cluster, a second slice of its Service leads to the old server outside as well. Both answer.',
  namespace: 'slipway',
  flow: { from: 'pod/slipway/docker', to: 'svc/slipway/ferry' },
  objects: [
    deployment('slipway', web('ferry', 8358, { replicas: 1 })),
    service('slipway', 'ferry', { selector: { app: 'ferry' }, ports: [{ port: 80, targetPort: 8358 }] }),
    outside,
    client('slipway', { name: 'docker' }),
  ],
  inject: [],
  symptom: { at: { pod: 'docker' }, request: http('ferry', 80), fails: 'never' },
  runs: [staysFree],
};
