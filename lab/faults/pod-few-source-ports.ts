import { NETWORK } from '../cluster/plan.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { http } from '../scenario/requests.ts';

const sysctls = [{ name: 'net.ipv4.ip_local_port_range', value: '41200 41215' }];
const HOLD = `for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do exec {fd}<>/dev/tcp/${NETWORK.outside}/80; done; exec sleep 600`;
const tug = client('anchorage', { name: 'tug', node: 'node-b', pod: { securityContext: { sysctls } } });
const asks = http(NETWORK.outside, 80);

export const fault: Fault = {
  story:
    'A range of sixteen ports was enough for a client with two connections. A leak in its pool holds one more with every request, until no port is left.',
  namespace: 'anchorage',
  flow: { from: 'pod/anchorage/tug', to: `ip/${NETWORK.outside}:80` },
  objects: [tug, client('anchorage', { name: 'ferry', node: 'node-b' })],
  inject: [
    { at: { netOf: 'tug' }, keep: ['bash', '-c', HOLD] },
    // Of the same node, and of the same address outside, only the Pod with the few ports is cut off.
    { at: { pod: 'ferry' }, run: asks },
  ],
  // Connections that have ended keep their ports for a minute; those of a Pod go with it.
  heal: replaced(tug),
  symptom: { at: { pod: 'tug' }, request: asks, fails: 'always' },
  proof: 'nodes',
  runs: [
    {
      ...finds(['POD-08'], { never: ['EGR-01', 'EGR-03', 'NODE-03', 'CT-01', 'CT-04', 'POD-03'] }),
      flags: ['new-connections-time-out'],
    },
  ],
};
