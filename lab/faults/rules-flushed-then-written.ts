import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const setting = across({
  namespace: 'ironworks',
  server: 'mould',
  listens: 8642,
  port: 642,
  client: 'smith',
  from: 'node-c',
});

export const fault: Fault = {
  story:
    'Somebody flushed the nat table of one node, and then a colleague rolled out another Service: kube-proxy wrote only what is new. The old ones are still dead from there.',
  ...setting,
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-c' }, run: ['iptables', '-t', 'nat', '-F'] },
    {
      apply: [
        service('ironworks', 'newcomer', { selector: { app: 'mould' }, ports: [{ port: 643, targetPort: 8642 }] }),
      ],
    },
    {
      at: { node: 'node-c' },
      run: [
        'timeout',
        '20',
        'sh',
        '-c',
        'until iptables -t nat -S KUBE-SERVICES | grep -q ironworks/newcomer; do sleep 0.2; done',
      ],
    },
  ],
  heal: [
    { restart: 'kube-proxy', node: 'node-c' },
    { restart: 'flannel', node: 'node-c' },
  ],
  symptom: { at: { pod: 'smith' }, request: (facts) => http(facts.serviceIp('mould'), 642), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-05'], { beside: ['NODE-04', 'DNS-21'], never: ['SVC-01', 'POD-03'] })],
};
