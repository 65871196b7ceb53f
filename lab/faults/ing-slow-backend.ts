import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const URL = 'http://churn.creamery.example/?delay=1500ms';
const behind = behindDoor({ namespace: 'creamery', app: 'churn', listens: 8306 });
const door = (seconds: string) =>
  ingress('creamery', {
    host: 'churn.creamery.example',
    to: 'churn',
    annotations: { 'proxy-read-timeout': seconds },
  });

export const fault: Fault = {
  story:
    'Somebody shortened the time that the door waits for an answer. The report that takes longer ends with 504, all else is fine.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, door('5')],
  inject: [{ apply: [door('1')] }, doorSays(504, URL)],
  heal: [{ apply: [door('5')] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-07'])],
};
