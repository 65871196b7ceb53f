import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const URL = 'http://scribe.registrar.example/deeds/7';
const behind = behindDoor({ namespace: 'registrar', app: 'scribe', listens: 8304 });
const door = (pathType: 'Prefix' | 'Exact') =>
  ingress('registrar', { host: 'scribe.registrar.example', to: 'scribe', path: '/deeds', pathType });

export const fault: Fault = {
  story: 'The type of the path was changed from Prefix to Exact. The start page answers, all below it is 404.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, door('Prefix')],
  inject: [{ apply: [door('Exact')] }, doorSays(404, URL)],
  heal: [{ apply: [door('Prefix')] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-08'])],
};
