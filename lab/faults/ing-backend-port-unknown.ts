import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const URL = 'http://lock.canal.example/';
const behind = behindDoor({ namespace: 'canal', app: 'lock', listens: 8303 });
// The number of the target port would do: ingress-nginx takes that as well as the port of the Service.
const door = (port: number) => ingress('canal', { host: 'lock.canal.example', to: 'lock', port });

export const fault: Fault = {
  story: 'The Ingress was copied from a neighbour, whose Service has port 8080. This one has only port 80: 503.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, door(80)],
  inject: [{ apply: [door(8080)] }, doorSays(503, URL)],
  heal: [{ apply: [door(80)] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-01'])],
};
