import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const URL = 'http://wheel.fairground.example/';
const behind = behindDoor({ namespace: 'fairground', app: 'wheel', listens: 8308 });
const door = (annotations: Readonly<Record<string, string>>) =>
  ingress('fairground', { host: 'wheel.fairground.example', to: 'wheel', annotations });

export const fault: Fault = {
  story: 'The chart came with the annotation that backends speak HTTPS. These do not: the door says 502.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, door({})],
  inject: [{ apply: [door({ 'backend-protocol': 'HTTPS' })] }, doorSays(502, URL)],
  heal: [{ apply: [door({})] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-05'])],
};
