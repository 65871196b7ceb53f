import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const rule = (verb: '-I' | '-D') => ['iptables', verb, 'INPUT', '-p', 'tcp', '--dport', '9105', '-j', 'DROP'];

export const fault: Fault = {
  story:
    'The metrics exporter runs with the network of its node. Since the last audit the firewall of that node lets nobody in but SSH.',
  namespace: 'metrics',
  flow: { from: 'pod/metrics/scraper', to: 'svc/metrics/exporter:9105' },
  disturbs: 'cluster',
  objects: [
    deployment('metrics', web('exporter', 9105, { replicas: 1, pod: { ...pinned('node-c'), hostNetwork: true } })),
    service('metrics', 'exporter', { selector: { app: 'exporter' }, ports: [{ port: 9105 }] }),
    client('metrics', { name: 'scraper', node: 'node-a' }),
  ],
  // The kubelet asks from the node itself, so the pod stays ready.
  inject: [{ at: { node: 'node-c' }, run: [...rule('-I').slice(0, 3), '!', '-i', 'lo', ...rule('-I').slice(3)] }],
  heal: [{ at: { node: 'node-c' }, run: [...rule('-D').slice(0, 3), '!', '-i', 'lo', ...rule('-D').slice(3)] }],
  symptom: { at: { pod: 'scraper' }, request: http('exporter', 9105), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [finds(['NODE-08'], { beside: ['NP-01'], never: ['POD-03', 'SVC-01'] })],
};
