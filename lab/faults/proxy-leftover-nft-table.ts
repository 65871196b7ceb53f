import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { subnetOf } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

// What kube-proxy of nftables mode writes, in short. Of two chains at one priority the later one is asked first.
const table = (vip: string, dead: string) => `table ip kube-proxy {
  chain endpoint { meta l4proto tcp dnat to ${dead}:8327; }
  chain service { goto endpoint; }
  map service-ips {
    type ipv4_addr . inet_proto . inet_service : verdict
    elements = { ${vip} . tcp . 80 : goto service }
  }
  chain services { ip daddr . meta l4proto . th dport vmap @service-ips; }
  chain nat-prerouting { type nat hook prerouting priority -100; jump services; }
}`;

export const fault: Fault = {
  story:
    'For a week the cluster ran in nftables mode and then went back. One node kept the table of that week, and it is asked first.',
  ...across({
    namespace: 'attic-room',
    server: 'chest',
    listens: 8327,
    client: 'heiress',
    from: 'node-a',
    on: 'node-c',
  }),
  disturbs: 'cluster',
  inject: [
    {
      at: { node: 'node-a' },
      run: (facts) => ['nft', table(facts.serviceIp('chest'), subnetOf(facts.podIp('chest')).replace(/0$/, '234'))],
    },
  ],
  heal: [{ at: { node: 'node-a' }, run: ['nft', 'delete', 'table', 'ip', 'kube-proxy'] }],
  symptom: { at: { pod: 'heiress' }, request: http('chest', 80, { seconds: 1 }), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-07'], { beside: ['KP-06', 'KP-02'], never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03'] })],
};
