import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const URL = 'http://waltz.ballroom.example/';
const behind = behindDoor({ namespace: 'ballroom', app: 'orchestra-pit', listens: 8302 });
const door = (to: string) => ingress('ballroom', { host: 'waltz.ballroom.example', to });

export const fault: Fault = {
  story: 'The Ingress was copied and the name of its Service was not corrected everywhere: the door says 503.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, door('orchestra-pit')],
  inject: [{ apply: [door('orchestra-pits')] }, doorSays(503, URL)],
  heal: [{ apply: [door('orchestra-pit')] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-01'])],
};
