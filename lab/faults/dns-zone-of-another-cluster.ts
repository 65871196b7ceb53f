import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { corefile, corefileAsShipped } from '../scenario/corefile.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { resolves } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'The Corefile was copied from the cluster next door, whose domain has another name.',
  ...across({ namespace: 'customs', server: 'gatehouse', listens: 8184, client: 'driver', image: TOOLS }),
  disturbs: 'cluster',
  inject: corefile((text) => text.replace('kubernetes cluster.local', 'kubernetes east.local')),
  heal: corefileAsShipped(),
  symptom: { at: { pod: 'driver' }, request: resolves('gatehouse.customs.svc.cluster.local'), fails: 'always' },
  runs: [finds(['DNS-19'], { beside: ['DNS-16'], never: ['DNS-22', 'SVC-01', 'POD-03'] })],
};
