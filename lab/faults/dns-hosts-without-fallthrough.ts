import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { corefile, corefileAsShipped } from '../scenario/corefile.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { resolves } from '../scenario/requests.ts';

const hosts = (text: string) =>
  text.replace('    ready\n', '    ready\n    hosts {\n        192.0.2.7 legacy.example.net\n    }\n');

export const fault: Fault = {
  story: 'A line for one old host was added to the Corefile, without fallthrough. Every other name is now unknown.',
  ...across({ namespace: 'registry', server: 'stamps', listens: 8183, client: 'clerk', image: TOOLS }),
  disturbs: 'cluster',
  inject: corefile(hosts),
  heal: corefileAsShipped(),
  symptom: { at: { pod: 'clerk' }, request: resolves('stamps.registry.svc.cluster.local'), fails: 'always' },
  runs: [finds(['DNS-19'], { beside: ['DNS-16'], never: ['DNS-22', 'SVC-01', 'POD-03'] })],
};
