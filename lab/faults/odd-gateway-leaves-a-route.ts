import type { Fault } from '../scenario/fault.ts';
import { behindGateway, gateway, httpRoute, throughGateway } from '../scenario/gateways.ts';

const behind = behindGateway('encore', 'fiddle', 8481);
const to = { name: 'fiddle' };

export const fault: Fault = {
  story:
    'One of two routes to the Service has a name of the old domain, which the Gateway does not take. Nobody asks for it.',
  ...behind,
  on: ['gateway'],
  objects: [
    ...behind.objects,
    gateway('encore', { listener: { hostname: '*.encore.example' } }),
    httpRoute('encore', { host: 'fiddle.encore.example', to }),
    httpRoute('encore', { name: 'of-old', host: 'fiddle.variety.example', to }),
  ],
  inject: [],
  symptom: { at: { net: 'ext' }, request: throughGateway('http://fiddle.encore.example/'), fails: 'never' },
  // Nobody said which of the two names the client asks for, so that one of them is possible.
  runs: [{ flags: ['outside-cannot-reach'], expect: { exit: 5, result: 'inconclusive', names: /encore\/of-old/ } }],
};
