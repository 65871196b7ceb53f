import { TOOLS } from '../build/images.ts';
import { corefile, corefileAsShipped } from '../scenario/corefile.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';

const catchAll = (text: string) =>
  `${text}campus.example:53 {\n    errors\n    template IN A {\n        answer "{{ .Name }} 60 IN A 192.0.2.66"\n    }\n}\n`;
const scholar = (pod: object) => client('campus', { name: 'scholar', image: TOOLS, pod });

export const fault: Fault = {
  story:
    'The domain of the campus got a wildcard record for its portal. It stands in the search list, so every host of the world is now the portal.',
  namespace: 'campus',
  flow: { from: 'pod/campus/scholar', to: 'host/www.example.com:80' },
  disturbs: 'cluster',
  objects: [scholar({})],
  inject: [...corefile(catchAll), ...replaced(scholar({ dnsConfig: { searches: ['campus.example'] } }))],
  heal: [...corefileAsShipped(), ...replaced(scholar({}))],
  symptom: {
    at: { pod: 'scholar' },
    request: ['bash', '-c', 'case "$(getent ahosts www.example.com)" in *198.51.100.7*) ;; *) exit 1 ;; esac'],
    fails: 'always',
  },
  runs: [{ ...finds(['DNS-08'], { never: ['DNS-22', 'DNS-04', 'DNS-01'] }), flags: ['dns-fails'] }],
};
