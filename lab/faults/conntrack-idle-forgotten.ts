import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { pausing } from '../scenario/requests.ts';

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
  // Who watches the API server by a connection that was forgotten notices late, and names are made by the next fault.
  heal: [conntrack('86400', '1'), { restart: 'coredns' }],
  symptom: {
    at: { pod: 'brother' },
    request: (facts) => pausing(facts.serviceIp('bell'), 80, { pause: 2, whole: 3, silence: 1 }),
    fails: 'always',
  },
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
