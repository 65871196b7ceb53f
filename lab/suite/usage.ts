import { letApiServerIn } from '../addons/ingress.ts';
import { TOOLS } from '../build/images.ts';
import { applyManifest } from '../cluster/manifest.ts';
import type { Lab } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import type { Who } from '../scenario/fault.ts';
import { client, service } from '../scenario/manifest.ts';
import { looked, outcomesOf } from './looked.ts';
import { type Proof, provePart, type Stage } from './proof.ts';
import type { Tally } from './tally.ts';

const NAMESPACE = 'measured';
const THERE = ['-n', 'kube-system'];

/** What a real metrics-server measures, as the program reads it; and that nobody misses one that is not there, or silent. */
export const testUsage = (lab: Lab, tally: Tally): Promise<void> =>
  provePart(lab, tally, { name: 'usage', namespace: NAMESPACE, prepare, proofs: PROOFS });

const PROOFS: readonly (readonly [string, Proof])[] = [
  ['is missed by nobody where there is no metrics-server', absent],
  ['shows the server that has used up its processor time', busy],
  ['of a metrics-server that is gone keeps nothing else from being looked at', silent],
];

async function prepare({ kubectl }: Stage): Promise<void> {
  const labels = { app: 'busy' };
  await kubectl.apply([
    service(NAMESPACE, 'busy', { selector: labels, ports: [{ port: 80 }] }),
    client(NAMESPACE, { name: 'asker', node: 'node-c', image: TOOLS }),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'busy', namespace: NAMESPACE, labels },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name: 'busy',
            image: TOOLS,
            imagePullPolicy: 'Never',
            command: ['bash', '-c', 'while :; do :; done'],
            resources: { limits: { cpu: '50m', memory: '64Mi' } },
          },
        ],
      },
    },
  ]);
  await kubectl.must(['-n', NAMESPACE, 'wait', '--for=condition=Ready', 'pods', '--all', '--timeout=60s']);
}

const FLOW = ['--from', `pod/${NAMESPACE}/asker`, '--to', `svc/${NAMESPACE}/busy`];
const CHECKS = ['usage-is-below-limits', 'service-has-ready-endpoints'];

const look = ({ lab }: Stage, as: Who = 'admin') => looked(lab, CHECKS, { as, more: FLOW });

/** For an administrator it is not there; for somebody with few rights it is forbidden first, and looked up then. */
async function absent(stage: Stage): Promise<string[]> {
  const found = await Promise.all((['admin', 'noexec'] as const).map((as) => look(stage, as)));
  const said = found.flatMap(([first]) => first?.outcome ?? []);
  return said.every((word) => word === 'not-installed') ? [] : [`without a metrics-server: ${said}`];
}

async function busy(stage: Stage): Promise<string[]> {
  const { lab, kubectl } = stage;
  await letApiServerIn(lab);
  await applyManifest(lab, kubectl, 'metrics-server.yaml');
  const seen = async () => {
    const [found] = await look(stage);
    if (found?.outcome !== 'servers-at-limit') throw new Error(JSON.stringify(found));
    return found;
  };
  const { facts } = await eventually('metrics-server has measured the server', seen, {
    timeoutMs: 90_000,
    everyMs: 2000,
  });
  const nodes = String(facts.used);
  return [
    ...(/measured\/busy cpu \d+ %/.test(String(facts.full)) ? [] : [`full is ${facts.full}`]),
    ...(nodes.includes('node-c cpu') ? [] : [`no node is measured: ${nodes}`]),
  ];
}

async function silent(stage: Stage): Promise<string[]> {
  const { kubectl } = stage;
  await kubectl.must([...THERE, 'delete', 'deployment', 'metrics-server', '--wait=true']);
  const [usage, endpoints] = outcomesOf(await look(stage));
  await kubectl.must(['delete', 'apiservice', 'v1beta1.metrics.k8s.io']);
  const wrong = usage === 'lost' || usage === 'timeout' ? [] : [`the check says ${usage}`];
  return endpoints === 'ready' ? wrong : [...wrong, `the endpoints are ${endpoints}`];
}
