import { alternate } from '../measure/alternate.ts';
import { bundle, timed } from '../measure/in-process.ts';
import { median } from '../measure/spread.ts';
import { megabytes, milliseconds, ratio, showHeading, showTable } from '../show.ts';

const ROUNDS = 5;
const NAMESPACES = 20;
const BARE = 'read as JSON';
const FUNCTIONS = `
  export { load } from './load.js';
  export { evaluate } from './flow/evaluate.js';
  export { matrix } from './matrix/matrix.js';
`;

interface Program {
  load(documents: readonly object[], options: object): object;
  evaluate(loaded: object, question: object): { answer: string };
  matrix(loaded: object): { connections: readonly unknown[] };
}

const namespaceOf = (index: number) => `ns-${index % NAMESPACES}`;
const appOf = (index: number) => `app-${index % 97}`;

const pod = (index: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    namespace: namespaceOf(index),
    name: `pod-${index}`,
    labels: { app: appOf(index), tier: `tier-${index % 3}`, pod: `pod-${index}` },
  },
  spec: {
    nodeName: `node-${index % 50}`,
    containers: [{ name: 'web', ports: [{ name: 'http', containerPort: 8000 + (index % 7) }] }],
  },
  status: { phase: 'Running', podIP: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}` },
});

const policy = (index: number) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: namespaceOf(index), name: `policy-${index}` },
  spec: {
    podSelector: index % 10 === 0 ? {} : { matchLabels: { app: appOf(index) } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [
          { podSelector: { matchLabels: { tier: `tier-${index % 3}` } } },
          { namespaceSelector: { matchLabels: { team: `team-${index % 5}` } } },
        ],
        ports: [{ port: 'http' }, { port: 443 }],
      },
      { from: [{ ipBlock: { cidr: `192.0.${index & 255}.0/24`, except: [`192.0.${index & 255}.128/25`] } }] },
    ],
    egress: [
      {
        to: [{ namespaceSelector: {} }],
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 8000, endPort: 8010 },
        ],
      },
    ],
  },
});

const namespaces = Array.from({ length: NAMESPACES }, (_, index) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: `ns-${index}`, labels: { team: `team-${index % 5}` } },
}));

const clusterOf = (pods: number, policies: number) =>
  [
    ...namespaces,
    ...Array.from({ length: pods }, (_, index) => pod(index)),
    ...Array.from({ length: policies }, (_, index) => policy(index)),
  ].map((value, document) => ({ source: 'bench', document, value }));

const options = { namespace: 'default', engine: 'kubernetes' };
const named = (name: string) => ({ kind: 'named', namespace: 'ns-1', name, of: undefined });
const question = { from: named('pod-1'), to: named('pod-4901'), protocol: 'TCP', port: 8001 };

/** One flow among many policies, and the whole matrix of a smaller cluster. No two Pods have the same labels. */
export async function policies(): Promise<void> {
  const { load, evaluate, matrix } = await bundle<Program>('policy', FUNCTIONS);
  const [large, small] = [clusterOf(5000, 1000), clusterOf(500, 200)];
  const text = JSON.stringify(large);
  const [loaded, loadedSmall] = [load(large, options), load(small, options)];
  const took = await alternate(ROUNDS, {
    [BARE]: async () => timed(() => JSON.parse(text)),
    'load 1,000 policies, 5,000 Pods': async () => timed(() => load(large, options)),
    'one flow (budget 50 ms)': async () => timed(() => evaluate(loaded, question)),
    'matrix of 500 Pods, 200 policies (budget 2 s)': async () => timed(() => matrix(loadedSmall)),
  });
  showHeading(`Policies, ${ROUNDS} rounds; ${matrix(loadedSmall).connections.length} connections in the matrix`);
  const bare = median(took.get(BARE) ?? []);
  const rows = [...took].map(([name, all]) => [name, milliseconds(median(all)), ratio(median(all) / bare)]);
  showTable([
    ['', 'median', 'ratio'],
    ...rows,
    ['memory (budget 300 MB)', megabytes(process.memoryUsage().rss / 2 ** 20), ''],
  ]);
}
