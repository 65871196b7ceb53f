import { across } from '../scenario/across.ts';
import { ingress, throughDoor } from '../scenario/doors.ts';
import { type Fault, finds } from '../scenario/fault.ts';

const HOST = 'dredger.wharf.example';
const setting = across({ namespace: 'wharf', server: 'dredger', listens: 8314, client: 'stevedore' });
const there = ['-n', 'ingress-nginx'];
const scaled = (replicas: number) => ({
  kubectl: [...there, 'scale', 'deploy/ingress-nginx-controller', `--replicas=${replicas}`],
});

export const fault: Fault = {
  story: 'The controller was scaled to zero for an upgrade that never came. No door opens, whatever the host.',
  ...setting,
  flow: { from: 'pod/wharf/stevedore', to: 'ing/wharf/door' },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [...setting.objects, ingress('wharf', { host: HOST, to: 'dredger' })],
  inject: [scaled(0)],
  heal: [scaled(1), { kubectl: [...there, 'rollout', 'status', 'deploy/ingress-nginx-controller', '--timeout=60s'] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(`http://${HOST}/`), fails: 'always' },
  runs: [finds(['ING-10'], { never: ['POD-03', 'SVC-03'] })],
};
