import { MUSL } from '../build/images.ts';
import { corefile, corefileAsShipped } from '../scenario/corefile.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { resolves } from '../scenario/requests.ts';

const failing = (text: string) =>
  `${text}outpost.example:53 {\n    errors\n    template ANY ANY {\n        rcode SERVFAIL\n    }\n}\n`;
const ranger = (pod: object) => client('watchtower', { name: 'ranger', image: MUSL, pod });

export const fault: Fault = {
  story:
    'The domain of a branch that was sold still stands in the search list, and its name servers fail. Only images with musl find no host of the world any more: glibc goes on and asks for the name itself.',
  namespace: 'watchtower',
  flow: { from: 'pod/watchtower/ranger', to: 'host/www.example.com:80' },
  disturbs: 'cluster',
  objects: [ranger({})],
  inject: [...corefile(failing), ...replaced(ranger({ dnsConfig: { searches: ['outpost.example'] } }))],
  heal: [...corefileAsShipped(), ...replaced(ranger({}))],
  symptom: { at: { pod: 'ranger' }, request: resolves('www.example.com'), fails: 'always' },
  runs: [{ ...finds(['DNS-09'], { never: ['DNS-22', 'DNS-01'] }), flags: ['dns-fails'] }],
};
