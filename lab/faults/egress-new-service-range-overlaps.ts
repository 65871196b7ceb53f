import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { PARTNER, partnerAnswers, secondRange } from '../scenario/partner.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'The Services needed more addresses and were given a second range. The server of the partner lies in it, and kube-proxy drops what goes to a Service that does not exist.',
  namespace: 'chandlery',
  flow: { from: 'pod/chandlery/rigger', to: `ip/${PARTNER}:80` },
  on: ['nft'],
  disturbs: 'cluster',
  objects: [client('chandlery', { name: 'rigger', node: 'node-c' })],
  beforehand: partnerAnswers,
  inject: [{ apply: [secondRange] }],
  heal: [{ remove: `servicecidr ${secondRange.metadata.name}` }],
  symptom: { at: { pod: 'rigger' }, request: http(PARTNER, 80, { seconds: 1 }), fails: 'always' },
  witness: 'NETFILTER_DROP',
  runs: [findsAs('egress-fails', ['SVC-14'], { never: ['EGR-02', 'NODE-03', 'EGR-01'] })],
};
