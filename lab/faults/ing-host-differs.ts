import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const URL = 'http://abbot.priory.example/';
const behind = behindDoor({ namespace: 'priory', app: 'abbot', listens: 8305 });
const door = (host: string) => ingress('priory', { host, to: 'abbot' });

export const fault: Fault = {
  story:
    'The shop moved to a new name in DNS, the rule of the Ingress still has the old one: 404 from the default backend.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, door('abbot.priory.example')],
  inject: [{ apply: [door('abbot.old.example')] }, doorSays(404, URL)],
  heal: [{ apply: [door('abbot.priory.example')] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-08'])],
};
