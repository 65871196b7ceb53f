import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const quota = (pods: string) => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'slots', namespace: 'marina' },
  spec: { hard: { pods } },
});
const berths = (version: string) => deployment('marina', web('berths', 8154, { replicas: 1, labels: { version } }));

export const fault: Fault = {
  story:
    'A quota was set to what ran at that minute minus one. The next release had its old pods removed and no new one allowed.',
  namespace: 'marina',
  flow: { from: 'pod/marina/skipper', to: 'svc/marina/berths' },
  objects: [
    quota('10'),
    berths('one'),
    service('marina', 'berths', { selector: { app: 'berths' }, ports: [{ port: 80, targetPort: 8154 }] }),
    client('marina', { name: 'skipper' }),
  ],
  inject: [{ apply: [quota('1')] }, { apply: [berths('two')] }],
  until: { get: ['events'], shows: /exceeded quota/ },
  heal: [
    { apply: [quota('10'), berths('three')] },
    // The controller waits longer after each refusal; a new ReplicaSet is asked at once.
    rolledOut('marina', 'deploy/berths'),
  ],
  symptom: { at: { pod: 'skipper' }, request: http('berths', 80), fails: 'always' },
  runs: [finds(['POD-12'], { names: /exceeded quota/, never: ['SVC-01', 'SVC-03', 'POD-03', 'SVC-02'] })],
};
