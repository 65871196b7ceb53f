import { NETWORK } from '../cluster/plan.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, type Manifest, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const outside: Manifest = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'mainframe-1', namespace: 'ministry', labels: { 'kubernetes.io/service-name': 'mainframe' } },
  addressType: 'IPv4',
  ports: [{ name: '', port: 80, protocol: 'TCP' }],
  endpoints: [{ addresses: [NETWORK.outside] }],
};

export const fault: Fault = {
  story:
    'A Service without a selector leads out of the cluster by a slice that was written by hand and never says that it is ready.',
  namespace: 'ministry',
  flow: { from: 'pod/ministry/clerk', to: 'svc/ministry/mainframe:1414' },
  objects: [
    service('ministry', 'mainframe', { ports: [{ port: 1414, targetPort: 80 }] }),
    outside,
    client('ministry', { name: 'clerk' }),
  ],
  inject: [],
  symptom: { at: { pod: 'clerk' }, request: http('mainframe', 1414), fails: 'never' },
  runs: [staysFree],
};
