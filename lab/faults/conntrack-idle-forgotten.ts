import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Argv } from '../scenario/place.ts';

const ASK = `{ printf 'GET / HTTP/1.0\\r\\n'; sleep 2; printf '\\r\\n'; } | timeout 3 nc -w 1 "$1" 80 2>/dev/null | grep -q '200 OK'`;
const pausing = (host: string): Argv => ['sh', '-c', ASK, 'pausing', host];

const conntrack = (established: string, loose: string) => ({
  at: { node: 'node-a' },
  run: [
    'sysctl',
    '-qw',
    `net.netfilter.nf_conntrack_tcp_timeout_established=${established}`,
    `net.netfilter.nf_conntrack_tcp_loose=${loose}`,
  ],
});

export const fault: Fault = {
  story:
    'A tuning guide made one node forget idle connections at once and pick none up again. New requests work, a connection that pauses is dead.',
  ...across({ namespace: 'monastery', server: 'bell', listens: 8344, client: 'brother', from: 'node-a', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [conntrack('1', '0')],
  heal: [conntrack('86400', '1')],
  symptom: { at: { pod: 'brother' }, request: (facts) => pausing(facts.serviceIp('bell')), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [
    {
      ...finds(['CT-07'], { beside: ['CT-02', 'IPVS-04'], never: ['SVC-01', 'SVC-03', 'POD-03', 'CT-01'] }),
      // A new connection works, so the flow alone does not tell what is wrong.
      flags: ['new-connections-time-out'],
    },
  ],
};
