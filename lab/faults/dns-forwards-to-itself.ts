import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { corefileAsShipped, corefileRefused } from '../scenario/corefile.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { resolves } from '../scenario/requests.ts';

const loop = (text: string) => text.replace('forward . /etc/resolv.conf', 'forward . 127.0.0.1');

export const fault: Fault = {
  story:
    'CoreDNS took over the stub resolver of its node, 127.0.0.1, and so forwards to itself. It notices the loop at the start and ends itself.',
  ...across({ namespace: 'carousel', server: 'horses', listens: 8182, client: 'child', image: TOOLS }),
  disturbs: 'cluster',
  inject: corefileRefused(loop),
  heal: corefileAsShipped(),
  symptom: { at: { pod: 'child' }, request: resolves('horses.carousel.svc.cluster.local'), fails: 'always' },
  runs: [finds(['DNS-02'], { beside: ['DNS-01'], never: ['DNS-22', 'SVC-01', 'POD-03'] })],
};
