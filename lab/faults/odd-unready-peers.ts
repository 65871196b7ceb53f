import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

// Ready once, so that the Deployment is available; afterwards only the marker decides.
const readinessProbe = {
  exec: { command: ['test', '!', '-e', '/tmp/no-quorum'] },
  periodSeconds: 1,
  failureThreshold: 1,
};

export const fault: Fault = {
  story: 'Peers that look for each other are published before they are ready, on purpose. They answer.',
  namespace: 'quorum',
  flow: { from: 'pod/quorum/observer', to: 'svc/quorum/peers:7946' },
  objects: [
    deployment('quorum', web('peers', 7946, { readinessProbe })),
    service('quorum', 'peers', {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { app: 'peers' },
      ports: [{ name: 'gossip', port: 7946 }],
    }),
    client('quorum', { name: 'observer' }),
  ],
  inject: [{ inPods: 'app=peers', run: ['touch', '/tmp/no-quorum'] }],
  until: {
    get: ['deploy', 'peers', '-o', 'jsonpath=unavailable={.status.unavailableReplicas}'],
    shows: /unavailable=2/,
  },
  heal: [{ inPods: 'app=peers', run: ['rm', '/tmp/no-quorum'] }],
  symptom: { at: { pod: 'observer' }, request: http('peers', 7946), fails: 'never' },
  runs: [staysFree],
};
