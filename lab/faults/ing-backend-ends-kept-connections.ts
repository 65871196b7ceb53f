import { behindDoor, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { deployment, web } from '../scenario/manifest.ts';

const URL = 'http://tollkeeper.tollroad.example/';
const listens = 8351;
const behind = behindDoor({ namespace: 'tollroad', app: 'tollkeeper', listens });
// Ends a connection that is used once more in that very moment. Probes of the kubelet come on new ones.
const hasty = deployment(
  'tollroad',
  web('tollkeeper', listens, { replicas: 1, command: ['serve', '-requests', '1', `:${listens}`] }),
);
// What was sent once is not sent again by the controller, as a GET would be.
const post = throughDoor(URL, ['-X', 'POST']);

export const fault: Fault = {
  story:
    'The new version keeps idle connections for a moment only, and the controller for a minute: now and then an order ends with 502.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, ingress('tollroad', { host: 'tollkeeper.tollroad.example', to: 'tollkeeper' })],
  inject: [{ apply: [hasty] }, { kubectl: ['-n', 'tollroad', 'rollout', 'status', 'deploy/tollkeeper'] }],
  symptom: { at: { net: 'ext' }, request: post, fails: 'sometimes' },
  runs: [findsBehind(URL, ['ING-03'])],
};
