import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Argv } from '../scenario/place.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

// 1 for both is what kube-proxy sets on a kernel of today.
const reuse = (value: 0 | 1) => ({
  at: { node: 'node-a' } as const,
  run: ['sysctl', '-qw', `net.ipv4.vs.conn_reuse_mode=${value}`, `net.ipv4.vs.expire_nodest_conn=${value}`],
});

const ASK = 'curl -0 -sf -o /dev/null -m 3 --local-port "$2" "http://$1:887/"';
const fromPort = (host: string, port: string): Argv => ['sh', '-c', ASK, 'again', host, port];
// The client itself, from a port beside that of the symptom.
const CALLING = `while :; do ${ASK}; sleep 1; done`;

export const fault: Fault = {
  story:
    'One client always calls from the same port. Its Pod was moved, and to IPVS it is still the old connection: each new try goes to the address that is gone.',
  ...across({ namespace: 'coachroad', server: 'barrier', listens: 8870, port: 887, client: 'coach', image: TOOLS }),
  on: ['ipvs'],
  disturbs: 'cluster',
  beforehand: [
    // Whoever closes first keeps the port for a minute. Here that is IPVS alone.
    { at: { netOf: 'coach' }, run: ['sysctl', '-qw', 'net.ipv4.tcp_max_tw_buckets=0'] },
    {
      at: { pod: 'coach' },
      keep: (facts) => ['sh', '-c', CALLING, 'calling', facts.serviceIp('barrier'), '41879'],
    },
  ],
  inject: [reuse(0), { removeOne: 'app=barrier' }, rolledOut('coachroad', 'deploy/barrier')],
  heal: [reuse(1)],
  symptom: { at: { pod: 'coach' }, request: (facts) => fromPort(facts.serviceIp('barrier'), '41877'), fails: 'always' },
  proof: 'nodes',
  runs: [
    {
      ...finds(['IPVS-02'], { never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03', 'CT-01'] }),
      flags: ['new-connections-time-out'],
    },
  ],
};
