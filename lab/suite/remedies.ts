import { kubeconfig, type Lab } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { run } from '../machine/run.ts';
import { client, deployment, type Manifest, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';
import { command } from './program.ts';
import { type Proof, provePart, type Stage } from './proof.ts';
import type { Tally } from './tally.ts';

const HERE = 'repair';
const flow = { from: `pod/${HERE}/client`, to: `svc/${HERE}/cart` };
const target = `lab/${HERE}/cart`;
const cart = (app: string, targetPort: number | string = 'http') =>
  service(HERE, 'cart', { selector: { app }, ports: [{ name: 'http', port: 80, targetPort }] });

const selectorNow = async ({ kubectl }: Stage) =>
  (await kubectl.must(['-n', HERE, 'get', 'service', 'cart', '-o', 'jsonpath={.spec.selector.app}'])).trim();

/** Freezes the Services of the namespace, as those who guard a cluster do. */
const FREEZE = [
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'frozen' },
    spec: {
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['services'] }],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': HERE } },
      },
      validations: [{ expression: 'false', message: 'nothing is changed before the holidays' }],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'frozen' },
    spec: { policyName: 'frozen', validationActions: ['Deny'] },
  },
];

/** The Service is broken, now or already, and the program gets to repair it; what came out and what it selects then. */
async function repaired(stage: Stage, who: string, broken?: Manifest) {
  if (broken) await stage.kubectl.apply([broken]);
  const told = ['--no-input', '-o', 'json', '--level', 'probe', '--kubeconfig', kubeconfig(stage.lab, who)];
  const yes = ['--allow-remediation', `--confirm=${target}`, '--verify-for', '10s'];
  const ran = await run(command(stage.lab, { flow }, [...told, ...yes]), { timeoutMs: 300_000 });
  return { ran, selector: await selectorNow(stage) };
}

const unlike = (what: string, is: unknown, wanted: unknown) =>
  is === wanted ? [] : [`${what} is ${String(is)} and not ${String(wanted)}`];

const helps: Proof = async (stage) => {
  const { ran, selector } = await repaired(stage, 'admin', cart('cart-v2'));
  const confirmed = /"certainty": "confirmed"/.test(ran.stdout);
  return [
    ...unlike('the exit code', ran.code, 0),
    ...unlike('the selector', selector, 'cart'),
    ...unlike('confirmed by change', confirmed, true),
  ];
};

const isDenied: Proof = async (stage) => {
  const { ran, selector } = await repaired(stage, 'prober', cart('cart-v2'));
  const named = /resources: \["services"\], verbs: \["patch"\]/.test(ran.stderr);
  return [
    ...unlike('the exit code', ran.code, 3),
    ...unlike('the selector', selector, 'cart-v2'),
    ...unlike('the right by its name', named, true),
  ];
};

const isPutBack: Proof = async (stage) => {
  const { ran, selector } = await repaired(stage, 'admin', cart('cart-v2', 9));
  return [
    ...unlike('the exit code', ran.code, 6),
    ...unlike('the selector', selector, 'cart-v2'),
    ...(ran.stderr.includes('The old value is back.') ? [] : [ran.stderr.slice(-600)]),
  ];
};

const isFrozen = async ({ kubectl }: Stage) => {
  const change = ['-n', HERE, 'annotate', 'service', 'cart', 'tried=yes', '--overwrite', '--dry-run=server'];
  return (await kubectl.run(change)).code !== 0;
};

/** The API server minds a policy, and that it is gone, when it next looks. */
const SOON = { timeoutMs: 90_000, everyMs: 500 };

const isRefused: Proof = async (stage) => {
  const { kubectl } = stage;
  await kubectl.apply([cart('cart-v2'), ...FREEZE]);
  try {
    await eventually('the cluster refuses changes', () => isFrozen(stage), SOON);
    const { ran, selector } = await repaired(stage, 'admin');
    return [
      ...unlike('the exit code', ran.code, 3),
      ...unlike('the selector', selector, 'cart-v2'),
      ...(ran.stderr.includes('nothing is changed before the holidays') ? [] : [ran.stderr.slice(-600)]),
    ];
  } finally {
    await kubectl.must(['delete', ...FREEZE.map(({ kind, metadata }) => `${kind}/${metadata.name}`)]);
    await eventually('the cluster takes changes again', async () => !(await isFrozen(stage)), SOON);
  }
};

/** Fixes that the program applies to a real API server: one that helps, one that does not, and those that the server does not let it apply. */
export const testRemedies = (lab: Lab, tally: Tally): Promise<void> =>
  provePart(lab, tally, {
    name: 'remedies',
    namespace: HERE,
    prepare: async ({ kubectl }) => {
      const pods = [deployment(HERE, web('cart', 8080, { replicas: 2 })), client(HERE, { name: 'client' })];
      await kubectl.apply([...pods, cart('cart')]);
      await kubectl.must(['-n', HERE, 'wait', 'pod/client', '--for=condition=Ready', '--timeout=60s']);
      await kubectl.must(['-n', HERE, 'wait', 'deployment/cart', '--for=condition=Available', '--timeout=60s']);
      // A rule that is not yet written would look like another fault.
      const asks = () => kubectl.must(['-n', HERE, 'exec', 'client', '--', ...http('cart', 80)]);
      await eventually('the Service answers', async () => (await asks()) !== undefined);
    },
    proofs: [
      ['a right that is missing is named, and nothing is changed', isDenied],
      ['what the cluster refuses is said in its words, and nothing is changed', isRefused],
      ['a selector is put right, and the cause is confirmed by it', helps],
      ['what does not help is put back, and the code says so', isPutBack],
    ],
  });
