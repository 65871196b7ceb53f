import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';
import { moreServices } from '../scenario/service-range.ts';

export const fault: Fault = {
  story:
    'The addresses for Services ran out, so the cluster got a second range. It is that of the partner, whose servers no Pod reaches any more.',
  namespace: 'cornloft',
  flow: { from: 'pod/cornloft/miller', to: 'ip/198.51.100.7:80' },
  on: ['nft'],
  disturbs: 'cluster',
  objects: [client('cornloft', { name: 'miller', node: 'node-b' })],
  inject: [{ apply: [moreServices('cornloft', '198.51.100.0/24')] }],
  heal: [{ kubectl: ['delete', 'servicecidr', 'cornloft', '--timeout=30s'] }],
  symptom: { at: { pod: 'miller' }, request: http('198.51.100.7', 80, { seconds: 1 }), fails: 'always' },
  witness: 'NETFILTER_DROP',
  runs: [findsAs('egress-fails', ['SVC-14'], { never: ['EGR-01', 'EGR-03', 'NODE-03', 'NP-01', 'NP-02'] })],
};
