import { TOOLS } from '../build/images.ts';
import { corefile, corefileAsShipped } from '../scenario/corefile.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { query } from '../scenario/requests.ts';

// A stranger on the link of the nodes: nobody has this address, and nobody says so.
const stub = (text: string) =>
  `${text}example.com:53 {\n    errors\n    cache 30\n    forward . 10.0.0.77 {\n       force_tcp\n    }\n}\n`;

export const fault: Fault = {
  story:
    'One domain of a partner has servers of its own in the Corefile. They moved to another address, and nobody told the cluster.',
  namespace: 'legation',
  flow: { from: 'pod/legation/courier', to: 'host/www.example.com:80' },
  disturbs: 'cluster',
  objects: [client('legation', { name: 'courier', image: TOOLS })],
  inject: corefile(stub),
  heal: corefileAsShipped(),
  symptom: { at: { pod: 'courier' }, request: query('www.example.com', '10.96.0.10'), fails: 'always' },
  runs: [{ ...finds(['DNS-04'], { never: ['DNS-22', 'DNS-01', 'DNS-02', 'DNS-19'] }), flags: ['dns-fails'] }],
};
