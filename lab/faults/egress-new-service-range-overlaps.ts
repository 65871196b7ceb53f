import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { PARTNER, partnerAnswers, secondRange } from '../scenario/partner.ts';
import { http } from '../scenario/requests.ts';

// It reads new Services at once, and new ranges of Services only with all of its rules.
const anew = { restart: 'kube-proxy', node: 'node-c' } as const;

const found = findsAs('egress-fails', ['SVC-14'], { never: ['EGR-02', 'NODE-03', 'EGR-01'] });

export const fault: Fault = {
  story:
    'The Services needed more addresses and were given a second range, in which the server of a partner lies. All was well until kube-proxy started anew: it drops what goes to a Service that does not exist.',
  namespace: 'chandlery',
  flow: { from: 'pod/chandlery/rigger', to: `ip/${PARTNER}:80` },
  on: ['nft'],
  disturbs: 'cluster',
  objects: [client('chandlery', { name: 'rigger', node: 'node-c' })],
  beforehand: partnerAnswers,
  inject: [{ apply: [secondRange] }, anew],
  heal: [{ kubectl: ['delete', 'servicecidr', secondRange.metadata.name] }, anew],
  symptom: { at: { pod: 'rigger' }, request: http(PARTNER, 80, { seconds: 1 }), fails: 'always' },
  witness: 'NETFILTER_DROP',
  // Without the nodes the same is said; from there a wall outside looks as likely.
  runs: [{ ...found, level: 'node' }],
};
