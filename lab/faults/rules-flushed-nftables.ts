import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A configuration run loaded its own nftables file with "flush ruleset" on top: the table of kube-proxy went with it.',
  ...across({ namespace: 'bakery', server: 'oven', listens: 8450, port: 450, client: 'counter', from: 'node-c' }),
  on: ['nft'],
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: ['nft', 'delete', 'table', 'ip', 'kube-proxy'] }],
  heal: [{ restart: 'kube-proxy', node: 'node-c' }],
  symptom: { at: { pod: 'counter' }, request: (facts) => http(facts.serviceIp('oven'), 450), fails: 'always' },
  proof: 'nodes',
  open: 'kube-proxy',
  runs: [finds(['KP-05'], { beside: ['NODE-04'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
