import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { query } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const scale = (count: string) => ({ kubectl: ['-n', 'kube-system', 'scale', 'deploy/coredns', `--replicas=${count}`] });

export const fault: Fault = {
  story: 'To save memory on a test cluster somebody scaled CoreDNS to zero. It was not the test cluster.',
  ...across({ namespace: 'island', server: 'ferry', listens: 8143, client: 'castaway', image: TOOLS }),
  disturbs: 'cluster',
  inject: [scale('0')],
  heal: [scale('2'), rolledOut('kube-system', 'deploy/coredns')],
  symptom: { at: { pod: 'castaway' }, request: query('ferry.island.svc.cluster.local', '10.96.0.10'), fails: 'always' },
  runs: [finds(['DNS-01'], { beside: ['DNS-03', 'SVC-01'], never: ['DNS-22', 'POD-03'] })],
};
