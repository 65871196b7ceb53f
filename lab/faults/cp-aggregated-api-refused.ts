import { type Fault, finds } from '../scenario/fault.ts';
import { client, type Manifest, service } from '../scenario/manifest.ts';

const api: Manifest = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1.tide.example' },
  spec: {
    group: 'tide.example',
    version: 'v1',
    groupPriorityMinimum: 1000,
    versionPriority: 15,
    insecureSkipTLSVerify: true,
    service: { namespace: 'tidewater', name: 'gauge', port: 443 },
  },
};

// Whoever deletes a namespace has to know every API that may keep something in it.
const GONE = 'name=tidewater-$$; "$@" create namespace $name && "$@" delete namespace $name --timeout=10s';

export const fault: Fault = {
  story:
    'An API of a vendor was registered before its server listened. Since then kubectl complains about discovery, and namespaces hang when they are deleted.',
  namespace: 'tidewater',
  flow: { from: 'control-plane', to: 'svc/tidewater/gauge' },
  disturbs: 'cluster',
  objects: [
    client('tidewater', { name: 'gauge' }),
    service('tidewater', 'gauge', { selector: { app: 'gauge' }, ports: [{ port: 443, targetPort: 8443 }] }),
  ],
  inject: [{ apply: [api] }, { wait: { get: ['apiservice', 'v1.tide.example'], shows: /FailedDiscoveryCheck/ } }],
  heal: [{ kubectl: ['delete', 'apiservice', 'v1.tide.example'] }],
  symptom: {
    at: { net: 'bastion' },
    request: ({ kubectl }) => ['sh', '-c', GONE, 'gone', ...kubectl([])],
    fails: 'always',
  },
  runs: [finds(['CP-03'], { never: ['ING-09'] })],
};
