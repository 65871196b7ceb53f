import { across } from '../scenario/across.ts';
import type { Change } from '../scenario/change.ts';
import type { Facts } from '../scenario/facts.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { subnetOf } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

const WHERE = 'haberdashery';
const range: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  metadata: { name: 'services-of-next-year' },
  spec: { cidrs: ['10.244.0.0/16'] },
};

const ANEW = `
address=$1
shift
"$@" delete service ribbon
until "$@" create service clusterip ribbon --clusterip="$address" --tcp=80:8386; do sleep 0.2; done`;

// In the range of the node of the client, where Pods take it for a neighbour.
const anew: Change = {
  at: { net: 'bastion' },
  run: ({ podIp, kubectl }: Facts) => [
    ...['timeout', '20', 'sh', '-c', ANEW, 'anew'],
    subnetOf(podIp('milliner')).replace(/0$/, '254'),
    ...kubectl(['-n', WHERE]),
  ],
};

const setting = across({ namespace: WHERE, server: 'ribbon', listens: 8386, client: 'milliner' });

export const fault: Fault = {
  story:
    'The Services were given a second range, that of the Pods. A Service that was made anew has an address there, and Pods of one node look for it next door.',
  ...setting,
  disturbs: 'cluster',
  inject: [{ apply: [range] }, anew],
  heal: [
    { kubectl: ['-n', WHERE, 'delete', 'service', 'ribbon', '--timeout=60s'] },
    // Before the Service is back: it may be given an address of this range again, which then never goes.
    { kubectl: ['delete', 'servicecidr', range.metadata.name, '--timeout=60s'] },
    { apply: setting.objects },
  ],
  symptom: { at: { pod: 'milliner' }, request: (facts) => http(facts.serviceIp('ribbon'), 80), fails: 'always' },
  runs: [finds(['CNI-05'], { never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
