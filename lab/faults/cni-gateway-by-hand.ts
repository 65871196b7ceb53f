import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { bridgeOf } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

const neighbour = (...what: string[]) => ({
  at: { netOf: 'sailor' },
  run: ({ podIp }: { podIp(name: string): string }) => [
    'ip',
    'neigh',
    ...what,
    'dev',
    'eth0',
    'to',
    bridgeOf(podIp('sailor')),
  ],
});

export const fault: Fault = {
  story:
    'A pod that sets its own ARP entries kept the hardware address of a bridge that was replaced. The world outside is gone, Services work as if nothing had happened.',
  ...across({ namespace: 'regatta', server: 'buoy', listens: 8314, client: 'sailor', from: 'node-b', on: 'node-c' }),
  flow: { from: 'pod/regatta/sailor', to: 'ip/198.51.100.7:80' },
  disturbs: 'cluster',
  inject: [neighbour('replace', 'lladdr', '02:00:5e:10:00:01', 'nud', 'permanent')],
  heal: [neighbour('del')],
  // Not by a Service: the bridge gives a packet that it translates the address of the host, and so repairs it.
  symptom: { at: { pod: 'sailor' }, request: http('198.51.100.7', 80), fails: 'always' },
  proof: 'nodes',
  runs: [
    finds(['CNI-12', 'CNI-21'], {
      beside: ['CNI-12', 'CNI-21'],
      never: ['SVC-01', 'SVC-03', 'POD-03'],
    }),
  ],
};
