import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const URL = 'http://pinball.arcade.example/';
const behind = behindDoor({ namespace: 'arcade', app: 'pinball', listens: 8301 });
const door = (className: string) => ingress('arcade', { host: 'pinball.arcade.example', to: 'pinball', className });

export const fault: Fault = {
  story:
    'The Ingress names a class that no controller here serves. It looks like all the others, has no address, and the door says 404.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, door('nginx')],
  inject: [{ apply: [door('nginx-public')] }, doorSays(404, URL)],
  heal: [{ apply: [door('nginx')] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-08'])],
};
