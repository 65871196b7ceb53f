import { behindDoor, doorSays, ingress, throughDoor } from '../scenario/doors.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { succeeded } from '../scenario/replaced.ts';

const URL = 'http://falconer.mews.example/';
const behind = behindDoor({ namespace: 'mews', app: 'falconer', listens: 8334 });
const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'same-namespace', namespace: 'mews' },
  spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] },
};

export const fault: Fault = {
  story:
    'Every namespace got a policy that lets in its own pods. Those of the ingress controller live in another one: since the next rollout all visitors see 504.',
  ...behind,
  // The controller is the client of what stands behind it, so this is where the rest of the way begins.
  flow: { from: 'deploy/ingress-nginx/ingress-nginx-controller', to: 'svc/mews/falconer' },
  on: ['doors'],
  objects: [
    ...behind.objects,
    ingress('mews', {
      host: 'falconer.mews.example',
      to: 'falconer',
      annotations: { 'proxy-connect-timeout': '1', 'proxy-next-upstream-tries': '1' },
    }),
  ],
  // Connections that nginx keeps live on: a policy judges only new ones.
  inject: [{ apply: [policy] }, ...succeeded('app=falconer'), doorSays(504, URL)],
  heal: [{ remove: 'networkpolicy same-namespace' }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [finds(['NP-01', 'NP-04'], { beside: ['NP-01', 'NP-04', 'ING-06'], never: ['SVC-01', 'SVC-02'] })],
};
