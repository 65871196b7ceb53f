import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { corefileAsShipped, corefileUnread } from '../scenario/corefile.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { resolves } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'A mistake in the Corefile that CoreDNS has not read yet: the replicas go on with what they know, for now.',
  ...across({ namespace: 'sundial', server: 'gnomon', listens: 8149, client: 'shadow', image: TOOLS }),
  disturbs: 'cluster',
  // They would refuse it.
  inject: [corefileUnread((text) => text.replace('cache 30', 'cachee 30'))],
  heal: corefileAsShipped(),
  symptom: { at: { pod: 'shadow' }, request: resolves('gnomon.sundial.svc.cluster.local'), fails: 'never' },
  runs: [{ ...staysFree, expect: { exit: 0, result: 'healthy', never: ['DNS-01', 'DNS-02', 'DNS-16'] } }],
};
