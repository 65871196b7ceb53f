import { asks, behindDoor, ingress, throughDoor } from '../scenario/doors.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';

const URL = 'http://market.plaza.example/annex/7';
const behind = behindDoor({ namespace: 'plaza', app: 'stall', listens: 8329 });
const host = 'market.plaza.example';

export const fault: Fault = {
  story:
    'One host is spread over two Ingresses. The one that is asked about has no rule for this path; the other one has.',
  ...behind,
  on: ['doors'],
  objects: [
    ...behind.objects,
    ingress('plaza', { host, to: 'stall', path: '/front' }),
    ingress('plaza', { name: 'annex', host, to: 'stall', path: '/annex' }),
  ],
  inject: [],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'never' },
  runs: [{ ...staysFree, flags: asks(URL) }],
};
