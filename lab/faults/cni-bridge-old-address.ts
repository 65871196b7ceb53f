import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// The route of the subnet goes and comes with the address, which the plugin gives the bridge as well where it has none.
const OLD =
  'ip addr del "$(sed -n s/^FLANNEL_SUBNET=//p /run/flannel/subnet.env)" dev cni0 && ip addr add 10.244.201.1/24 dev cni0';
const OWN =
  'ip addr del 10.244.201.1/24 dev cni0; ip addr replace "$(sed -n s/^FLANNEL_SUBNET=//p /run/flannel/subnet.env)" dev cni0';

export const fault: Fault = {
  story:
    'A node was removed and joined again and got another subnet; its bridge still has the address of the old one. New pods are refused a network.',
  ...across({ namespace: 'drydock', server: 'crane', listens: 8304, client: 'welder', on: 'node-c', from: 'node-b' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: ['sh', '-c', OLD] }, { remove: 'pods -l app=crane' }],
  until: { get: ['events'], shows: /already has an IP address different from/ },
  heal: [{ at: { node: 'node-c' }, run: ['sh', '-c', OWN] }],
  symptom: { at: { pod: 'welder' }, request: http('crane', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-06'], { beside: ['POD-01', 'SVC-02'], never: ['SVC-01', 'SVC-03', 'POD-03', 'CNI-07'] })],
};
