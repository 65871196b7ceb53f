import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// As host-local writes it: the container, and the interface. These containers do not exist.
const LEAK = `
cd /var/lib/cni/networks/cbr0
net=$(sed -n 's/^FLANNEL_SUBNET=\\(.*\\)\\.[0-9]*\\/.*/\\1/p' /run/flannel/subnet.env)
for last in $(seq 2 254); do
  [ -e "$net.$last" ] || printf 'dead%060x\\r\\neth0' "$last" >"$net.$last"
done`;
const CLEAR = "grep -l '^dead0' /var/lib/cni/networks/cbr0/10.* | xargs rm";

export const fault: Fault = {
  story:
    'After a year of crashed sandboxes every address of one node is reserved for a container that no longer exists. Nothing new starts there.',
  ...across({ namespace: 'hotel', server: 'suite', listens: 8303, client: 'guest', on: 'node-c', from: 'node-a' }),
  disturbs: 'cluster',
  inject: [
    { kubectl: ['-n', 'hotel', 'scale', 'deploy/suite', '--replicas=0'] },
    { kubectl: ['-n', 'hotel', 'wait', '--for=delete', 'pods', '-l', 'app=suite', '--timeout=60s'] },
    { at: { node: 'node-c' }, run: ['sh', '-c', LEAK] },
    { kubectl: ['-n', 'hotel', 'scale', 'deploy/suite', '--replicas=1'] },
  ],
  until: { get: ['events'], shows: /no IP addresses available in range set/ },
  heal: [{ at: { node: 'node-c' }, run: ['sh', '-c', CLEAR] }],
  symptom: { at: { pod: 'guest' }, request: http('suite', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-07'], { beside: ['POD-01', 'SVC-02'], never: ['SVC-01', 'SVC-03', 'POD-03', 'CNI-02'] })],
};
