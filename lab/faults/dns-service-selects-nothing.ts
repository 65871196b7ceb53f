import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { query } from '../scenario/requests.ts';

const select = (label: string) => ({
  kubectl: ['-n', 'kube-system', 'patch', 'service', 'kube-dns', '-p', `{"spec":{"selector":{"k8s-app":"${label}"}}}`],
});

export const fault: Fault = {
  story: 'A migration renamed the labels of CoreDNS in the Service and was stopped before it came to the pods.',
  ...across({ namespace: 'lagoon', server: 'gondola', listens: 8144, client: 'oarsman', image: TOOLS }),
  disturbs: 'cluster',
  inject: [select('coredns')],
  heal: [select('kube-dns')],
  symptom: {
    at: { pod: 'oarsman' },
    request: query('gondola.lagoon.svc.cluster.local', '10.96.0.10'),
    fails: 'always',
  },
  runs: [finds(['DNS-03'], { beside: ['DNS-01'], never: ['DNS-22', 'POD-03'] })],
};
