import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';

const URL = 'http://glassblower.kiln.example/';
const behind = behindDoor({ namespace: 'kiln', app: 'glassblower', listens: 8310 });
const blown = (targetPort: number) =>
  service('kiln', 'glassblower', { selector: { app: 'glassblower' }, ports: [{ port: 80, targetPort }] });

export const fault: Fault = {
  story:
    'The Service leads to a port on which nothing listens. The pods are ready, the door tries three times and says 502.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, ingress('kiln', { host: 'glassblower.kiln.example', to: 'glassblower' })],
  inject: [{ apply: [blown(8311)] }, doorSays(502, URL)],
  heal: [{ apply: [blown(8310)] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-02'])],
};
