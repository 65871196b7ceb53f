import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { query } from '../scenario/requests.ts';

const rule = (verb: '-I' | '-D') =>
  `iptables -w -t raw ${verb} PREROUTING -i cni0 -p tcp --dport 53 -j DROP`.split(' ');

export const fault: Fault = {
  story: 'DNS is UDP, said the firewall team. Answers that do not fit into one packet come by TCP, and no longer do.',
  ...across({ namespace: 'copyroom', server: 'scriptorium', listens: 8147, client: 'monk', image: TOOLS }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-a' }, run: rule('-I') }],
  heal: [{ at: { node: 'node-a' }, run: rule('-D') }],
  symptom: {
    at: { pod: 'monk' },
    request: query('scriptorium.copyroom.svc.cluster.local', '10.96.0.10', ['+tcp']),
    fails: 'always',
  },
  witness: 'NETFILTER_DROP',
  runs: [{ ...finds(['DNS-12'], { beside: ['NP-03'], never: ['DNS-22', 'SVC-01', 'DNS-01'] }), flags: ['dns-fails'] }],
};
