import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const URL = 'http://beekeeper.glade.example/';
const readinessProbe = {
  exec: { command: ['test', '!', '-e', '/tmp/asleep'] },
  periodSeconds: 1,
  failureThreshold: 2,
};
const behind = behindDoor({ namespace: 'glade', app: 'beekeeper', listens: 8309, more: { readinessProbe } });

export const fault: Fault = {
  story: 'Behind the door nobody is ready: the pods run and wait for something, and visitors see 503.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, ingress('glade', { host: 'beekeeper.glade.example', to: 'beekeeper' })],
  inject: [{ inPods: 'app=beekeeper', run: ['touch', '/tmp/asleep'] }, doorSays(503, URL)],
  heal: [{ inPods: 'app=beekeeper', run: ['rm', '/tmp/asleep'] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-01'])],
};
