import { behindDoor, doorSays, ingress, throughDoor } from '../scenario/doors.ts';
import { type Fault, finds } from '../scenario/fault.ts';

const URL = 'http://waltz.ballroom.example/';
const behind = behindDoor({ namespace: 'ballroom', app: 'orchestra-pit', listens: 8302 });
const door = (to: string) => ingress('ballroom', { host: 'waltz.ballroom.example', to });

export const fault: Fault = {
  story: 'The Ingress was copied and the name of its Service was not corrected everywhere: the door says 503.',
  ...behind,
  flow: { ...behind.flow, to: 'svc/ballroom/orchestra-pits' },
  on: ['doors'],
  objects: [...behind.objects, door('orchestra-pit')],
  inject: [{ apply: [door('orchestra-pits')] }, doorSays(503, URL)],
  heal: [{ apply: [door('orchestra-pit')] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  open: 'doors',
  runs: [finds(['DNS-22', 'ING-01'], { beside: ['DNS-22', 'ING-01'], never: ['SVC-01', 'POD-03'] })],
};
