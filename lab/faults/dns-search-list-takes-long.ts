import { TOOLS } from '../build/images.ts';
import { NETWORK } from '../cluster/plan.ts';
import { corefile, corefileAsShipped } from '../scenario/corefile.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { resolves } from '../scenario/requests.ts';
import { slowNameServer } from '../scenario/slow-name-server.ts';

const PORT = 5392;
const toHeadquarters = (text: string) =>
  `${text}corp.example:53 {\n    errors\n    forward . ${NETWORK.outside}:${PORT}\n}\n`;
const searches = ['berlin', 'lagos', 'osaka', 'lima', 'delhi'].map((office) => `${office}.corp.example`);
const envoy = (pod: object) => client('embassy-row', { name: 'envoy', image: TOOLS, pod });

export const fault: Fault = {
  story:
    'The domains of five offices were put into the search list. Every name in the world is now asked for in all of them first, at a name server far away.',
  namespace: 'embassy-row',
  flow: { from: 'pod/embassy-row/envoy', to: 'host/www.example.com:80' },
  disturbs: 'cluster',
  objects: [envoy({})],
  inject: [
    slowNameServer({ port: PORT, delayMs: 900, says: 'not-found' }),
    ...corefile(toHeadquarters),
    ...replaced(envoy({ dnsConfig: { searches } })),
  ],
  heal: [...corefileAsShipped(), ...replaced(envoy({}))],
  symptom: { at: { pod: 'envoy' }, request: resolves('www.example.com'), fails: 'always' },
  runs: [{ ...finds(['DNS-07'], { never: ['DNS-08', 'DNS-22', 'DNS-01'] }), flags: ['dns-fails'] }],
};
