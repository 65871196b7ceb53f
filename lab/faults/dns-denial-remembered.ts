import { TOOLS } from '../build/images.ts';
import { corefile, corefileAsShipped } from '../scenario/corefile.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { resolves } from '../scenario/requests.ts';

const NAME = 'kiln.claypit.svc.cluster.local';
const kiln = service('claypit', 'kiln', { selector: { app: 'kiln' }, ports: [{ port: 80, targetPort: 8293 }] });
// Often enough that each replica was asked; every one of them then remembers that there is no such name.
const ASK = `for i in 1 2 3 4 5 6 7 8 9 10 11 12; do getent ahosts ${NAME}.; done; true`;

export const fault: Fault = {
  story: 'The potter asked for the kiln before it was there, and was told for half a minute more that there is none.',
  namespace: 'claypit',
  flow: { from: 'pod/claypit/potter', to: 'svc/claypit/kiln' },
  disturbs: 'cluster',
  objects: [
    deployment('claypit', web('kiln', 8293, { replicas: 1 })),
    kiln,
    client('claypit', { name: 'potter', image: TOOLS }),
  ],
  inject: [
    ...corefile((text) => text.replace(/ +cache 30 \{[^}]*\}\n/, '    cache 60 {\n        denial 9984 60 60\n    }\n')),
    { kubectl: ['-n', 'claypit', 'delete', 'service', 'kiln', '--wait'] },
    { at: { pod: 'potter' }, run: ['sh', '-c', ASK] },
    { apply: [kiln] },
  ],
  heal: corefileAsShipped(),
  symptom: { at: { pod: 'potter' }, request: resolves(`${NAME}.`), fails: 'always' },
  runs: [{ ...finds(['DNS-17'], { never: ['SVC-01', 'DNS-01', 'DNS-16'] }), flags: ['dns-fails'] }],
};
