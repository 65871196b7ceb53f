import { TOOLS } from '../build/images.ts';
import { nameServer } from '../machine/dnsmasq.ts';
import type { Change } from '../scenario/change.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, type Manifest, service, web } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { resolves } from '../scenario/requests.ts';

const WHERE = 'bindery';
// Those of the company know no Service, and a resolver reads three.
const COMPANY = ['10.0.0.53', '10.0.0.54', '10.0.0.55'];

const list = (servers: readonly string[]): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'resolver', namespace: WHERE },
  data: {
    'resolv.conf': [...servers.map((server) => `nameserver ${server}`), `search ${WHERE}.svc.cluster.local`, ''].join(
      '\n',
    ),
  },
});

const stitcher = (volumeMounts: readonly object[]) =>
  client(WHERE, {
    name: 'stitcher',
    pod: {
      containers: [
        { name: 'main', image: TOOLS, imagePullPolicy: 'IfNotPresent', command: ['sleep', '100000'], volumeMounts },
      ],
      volumes: [{ name: 'resolver', configMap: { name: 'resolver' } }],
    },
  });
const own = [{ name: 'resolver', mountPath: '/etc/resolv.conf', subPath: 'resolv.conf' }];

const second = (server: string): Change[] => [
  { at: { net: 'bastion' }, run: ['ip', 'address', 'replace', `${server}/32`, 'dev', 'eth0'] },
  { at: { net: 'bastion' }, keep: nameServer(server) },
];

export const fault: Fault = {
  story:
    'The company wants its own name servers in every Pod. They were put in front of that of the cluster, which is the fourth since then, and no resolver reads a fourth.',
  namespace: WHERE,
  flow: { from: `pod/${WHERE}/stitcher`, to: `svc/${WHERE}/thread` },
  objects: [
    deployment(WHERE, web('thread', 8387, { replicas: 1 })),
    service(WHERE, 'thread', { selector: { app: 'thread' }, ports: [{ port: 80, targetPort: 8387 }] }),
    list([...COMPANY, '10.96.0.10']),
    stitcher([]),
  ],
  beforehand: COMPANY.slice(1).flatMap(second),
  inject: replaced(stitcher(own)),
  heal: replaced(stitcher([])),
  symptom: { at: { pod: 'stitcher' }, request: resolves(`thread.${WHERE}.svc.cluster.local`), fails: 'always' },
  runs: [finds(['DNS-11'], { beside: ['DNS-10'], never: ['SVC-01', 'DNS-01', 'DNS-22'] })],
};
