import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const URL = 'http://sensei.dojo.example/?header=6k';
const behind = behindDoor({ namespace: 'dojo', app: 'sensei', listens: 8307 });
const door = (annotations: Readonly<Record<string, string>>) =>
  ingress('dojo', { host: 'sensei.dojo.example', to: 'sensei', annotations });

export const fault: Fault = {
  story:
    'The annotation for larger buffers was lost when the Ingress was written anew. Whoever is logged in has long cookies and gets 502.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, door({ 'proxy-buffer-size': '16k' })],
  inject: [{ apply: [door({})] }, doorSays(502, URL)],
  heal: [{ apply: [door({ 'proxy-buffer-size': '16k' })] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-04'])],
};
