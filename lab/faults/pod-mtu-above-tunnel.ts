import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { download } from '../scenario/requests.ts';

const NO_ICMP = ['OUTPUT', '-p', 'icmp', '--icmp-type', 'fragmentation-needed', '-j', 'DROP'];
const BRIDGE = 'for link in $(ls /sys/class/net | grep -x "veth.*|cni0"); do ip link set $link mtu "$1"; done';
const mtu = (size: string) => [
  { at: { node: 'node-c' }, run: ['sh', '-c', BRIDGE, 'mtu', size] },
  { at: { netOf: 'app=frames' }, run: ['ip', 'link', 'set', 'eth0', 'mtu', size] },
  { at: { netOf: 'screen' }, run: ['ip', 'link', 'set', 'eth0', 'mtu', size] },
];

export const fault: Fault = {
  story:
    'The CNI file was copied from a cluster without a tunnel: pods believe in 1,500 bytes, the tunnel carries 1,450, and a hardening rule hides the complaint.',
  ...across({ namespace: 'theatre', server: 'frames', listens: 8940, client: 'screen', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [...mtu('1500'), { at: { node: 'node-c' }, run: ['iptables', '-I', ...NO_ICMP] }],
  heal: [...mtu('1450'), { at: { node: 'node-c' }, run: ['iptables', '-D', ...NO_ICMP] }],
  symptom: { at: { pod: 'screen' }, request: download('frames', 80, 200_000), fails: 'always' },
  proof: 'nodes',
  // What an operator would ask: small requests pass.
  runs: [
    {
      ...finds(['MTU-01'], { beside: ['MTU-02', 'MTU-03'], never: ['SVC-01', 'POD-03'] }),
      flags: ['large-payload-hangs'],
    },
  ],
};
