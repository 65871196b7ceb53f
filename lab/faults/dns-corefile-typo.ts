import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { corefileAsShipped, corefileRefused } from '../scenario/corefile.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { resolves } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'One letter too many in the Corefile. CoreDNS reads it at the next start, and there is no next start.',
  ...across({ namespace: 'lighthouse', server: 'lens', listens: 8181, client: 'keeper', image: TOOLS }),
  disturbs: 'cluster',
  inject: corefileRefused((text) => text.replace('cache 30', 'cachee 30')),
  heal: corefileAsShipped(),
  symptom: { at: { pod: 'keeper' }, request: resolves('lens.lighthouse.svc.cluster.local'), fails: 'always' },
  runs: [
    finds(['DNS-01', 'DNS-19'], { beside: ['DNS-01', 'DNS-19', 'DNS-03'], never: ['DNS-22', 'SVC-01', 'POD-03'] }),
  ],
};
