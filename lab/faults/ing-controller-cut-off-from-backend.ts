import { behindDoor, doorSays, findsBehind, ingress, throughDoor } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { pinned } from '../scenario/manifest.ts';
import { succeeded } from '../scenario/replaced.ts';

const URL = 'http://organist.loft.example/';
const listens = 8352;
const behind = behindDoor({ namespace: 'loft', app: 'organist', listens, more: { pod: pinned('node-b') } });
// The kubelet, which asks from its own node, is not passed on.
const TABLE = `table inet loft {
  chain forward { type filter hook forward priority filter; tcp dport ${listens} drop; }
}`;

export const fault: Fault = {
  story:
    'A rule on one node closed the port of an old program. A Pod behind the door listens on it now: visitors see 504.',
  ...behind,
  on: ['doors'],
  objects: [
    ...behind.objects,
    ingress('loft', {
      host: 'organist.loft.example',
      to: 'organist',
      annotations: { 'proxy-connect-timeout': '1', 'proxy-next-upstream-tries': '1' },
    }),
  ],
  // Connections that nginx keeps would hang for a minute: behind the new Pod there are none.
  inject: [{ at: { node: 'node-b' }, run: ['nft', TABLE] }, ...succeeded('app=organist'), doorSays(504, URL)],
  heal: [{ at: { node: 'node-b' }, run: ['nft', 'delete', 'table', 'inet', 'loft'] }],
  symptom: { at: { net: 'ext' }, request: throughDoor(URL), fails: 'always' },
  witness: 'NETFILTER_DROP',
  runs: [findsBehind(URL, ['ING-06'])],
};
