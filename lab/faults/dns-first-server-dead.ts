import { TOOLS } from '../build/images.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { resolves } from '../scenario/requests.ts';

const baker = (pod: object) => client('windmill', { name: 'baker', image: TOOLS, pod });
const old = {
  dnsPolicy: 'None',
  dnsConfig: { nameservers: ['192.0.2.53', '10.96.0.10'], searches: ['windmill.svc.cluster.local'] },
};

export const fault: Fault = {
  story: 'The first name server in the list died a year ago. Each lookup waits five seconds before it asks the second.',
  namespace: 'windmill',
  flow: { from: 'pod/windmill/baker', to: 'svc/windmill/flour' },
  objects: [
    deployment('windmill', web('flour', 8185, { replicas: 1 })),
    service('windmill', 'flour', { selector: { app: 'flour' }, ports: [{ port: 80, targetPort: 8185 }] }),
    baker({}),
  ],
  inject: [
    ...replaced(baker(old)),
    // As behind a firewall that swallows the errors too; otherwise the resolver hears at once that nobody is there.
    {
      at: { netOf: 'baker' },
      run: ['iptables', '-w', '-A', 'INPUT', '-p', 'icmp', '--icmp-type', 'destination-unreachable', '-j', 'DROP'],
    },
  ],
  heal: replaced(baker({})),
  symptom: { at: { pod: 'baker' }, request: resolves('flour.windmill.svc.cluster.local', 3), fails: 'always' },
  runs: [finds(['DNS-20'], { beside: ['DNS-10'], never: ['SVC-01', 'DNS-01', 'DNS-22'] })],
};
