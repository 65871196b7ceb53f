import { behindDoor, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { ingressSettings } from '../scenario/ingress-settings.ts';

const URL = 'http://usher.operetta.example/';
const behind = behindDoor({ namespace: 'operetta', app: 'usher', listens: 8354 });

export const fault: Fault = {
  story:
    'The controller was told to expect the PROXY protocol, and the load balancer before it never spoke it: every visitor is sent away.',
  ...behind,
  on: ['doors'],
  disturbs: 'cluster',
  objects: [...behind.objects, ingress('operetta', { host: 'usher.operetta.example', to: 'usher' })],
  inject: [ingressSettings({ 'use-proxy-protocol': 'true' })],
  heal: [ingressSettings(null)],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-12'])],
};
