import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';

const URL = 'http://upload.darkroom.example/';
const behind = behindDoor({ namespace: 'darkroom', app: 'enlarger', listens: 8327 });
const door = (size: string) =>
  ingress('darkroom', {
    host: 'upload.darkroom.example',
    to: 'enlarger',
    annotations: { 'proxy-body-size': size },
  });
const upload = ['--data', 'x'.repeat(2000)];

export const fault: Fault = {
  story:
    'A template brought its own limit for uploads along. Pages come as ever, and whoever sends a picture gets 413.',
  ...behind,
  on: ['doors'],
  objects: [...behind.objects, door('1m')],
  inject: [{ apply: [door('1k')] }, doorSays(413, URL, upload)],
  heal: [{ apply: [door('1m')] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL, upload), fails: 'always' },
  runs: [findsBehind(URL, ['ING-14'])],
};
