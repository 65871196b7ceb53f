import { kubeconfig, type Lab } from '../cluster/plan.ts';
import { run } from '../machine/run.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { command } from './program.ts';
import { type Proof, provePart, type Stage } from './proof.ts';
import type { Tally } from './tally.ts';

const HERE = 'repair';
const flow = { from: `pod/${HERE}/client`, to: `svc/${HERE}/cart` };
const target = `lab/${HERE}/cart`;
const cart = (app: string) =>
  service(HERE, 'cart', { selector: { app }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] });

const selectorNow = async ({ kubectl }: Stage) =>
  (await kubectl.must(['-n', HERE, 'get', 'service', 'cart', '-o', 'jsonpath={.spec.selector.app}'])).trim();

/** The Service is broken, and the program gets to repair it; what came out and what it selects then. */
async function repaired(stage: Stage, who: string) {
  await stage.kubectl.apply([cart('cart-v2')]);
  const told = ['--no-input', '-o', 'json', '--level', 'probe', '--kubeconfig', kubeconfig(stage.lab, who)];
  const yes = ['--allow-remediation', `--confirm=${target}`, '--verify-for', '10s'];
  const ran = await run(command(stage.lab, { flow }, [...told, ...yes]), { timeoutMs: 300_000 });
  return { ran, selector: await selectorNow(stage) };
}

const unlike = (what: string, is: unknown, wanted: unknown) =>
  is === wanted ? [] : [`${what} is ${String(is)} and not ${String(wanted)}`];

const helps: Proof = async (stage) => {
  const { ran, selector } = await repaired(stage, 'admin');
  const confirmed = /"certainty": "confirmed"/.test(ran.stdout);
  return [
    ...unlike('the exit code', ran.code, 0),
    ...unlike('the selector', selector, 'cart'),
    ...unlike('confirmed by change', confirmed, true),
  ];
};

const isDenied: Proof = async (stage) => {
  const { ran, selector } = await repaired(stage, 'prober');
  const named = /resources: \["services"\], verbs: \["patch"\]/.test(ran.stderr);
  return [
    ...unlike('the exit code', ran.code, 3),
    ...unlike('the selector', selector, 'cart-v2'),
    ...unlike('the right by its name', named, true),
  ];
};

/** A fix that the program applies to a real API server, and one that the server does not let it apply. */
export const testRemedies = (lab: Lab, tally: Tally): Promise<void> =>
  provePart(lab, tally, {
    name: 'remedies',
    namespace: HERE,
    prepare: async ({ kubectl }) => {
      const pods = [deployment(HERE, web('cart', 8080, { replicas: 2 })), client(HERE, { name: 'client' })];
      await kubectl.apply([...pods, cart('cart')]);
      await kubectl.must(['-n', HERE, 'wait', 'pod/client', '--for=condition=Ready', '--timeout=60s']);
      await kubectl.must(['-n', HERE, 'wait', 'deployment/cart', '--for=condition=Available', '--timeout=60s']);
    },
    proofs: [
      ['a right that is missing is named, and nothing is changed', isDenied],
      ['a selector is put right, and the cause is confirmed by it', helps],
    ],
  });
