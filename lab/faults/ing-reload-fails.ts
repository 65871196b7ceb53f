import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { ingressSettings } from '../scenario/ingress-settings.ts';

const URL = 'http://cellist.musicroom.example/';
const behind = behindDoor({ namespace: 'musicroom', app: 'cellist', listens: 8353 });
const there = ['-n', 'musicroom'];
const scaled = (replicas: number) => ({
  kubectl: [...there, 'scale', 'deploy/cellist', `--replicas=${replicas}`],
});

export const fault: Fault = {
  story:
    'A setting for all doors has a typing error, and nginx refuses the whole file. The controller goes on with the old one, in which nobody stood behind this door.',
  ...behind,
  on: ['doors'],
  disturbs: 'cluster',
  objects: [...behind.objects, ingress('musicroom', { host: 'cellist.musicroom.example', to: 'cellist' })],
  inject: [
    scaled(0),
    doorSays(503, URL),
    ingressSettings({ 'proxy-body-size': '8 megabytes' }),
    scaled(1),
    { kubectl: [...there, 'rollout', 'status', 'deploy/cellist', '--timeout=60s'] },
  ],
  heal: [ingressSettings(null)],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  runs: [findsBehind(URL, ['ING-11'], { never: ['SVC-01', 'POD-03', 'ING-01'] })],
};
