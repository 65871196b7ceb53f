import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { policyAgentReady } from '../addons/policy.ts';
import { kubectlFor } from '../cluster/kubectl.ts';
import { bin, kubeconfig, type Lab, NODES } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { must, run } from '../machine/run.ts';
import { say } from '../machine/say.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { at, type Ground } from '../scenario/place.ts';
import type { Places } from './policy-agent-ground.ts';
import { type Flow, travel } from './policy-agent-traffic.ts';
import { HERE, leaveRandomGround, NAMES, PORTS, peerOf, prepareRandomGround, THERE } from './policy-random-ground.ts';
import { anyPolicies, policiesOf } from './policy-random-sets.ts';
import { program } from './program.ts';
import type { Tally } from './tally.ts';

const SETS = Number(process.env.LAB_SETS ?? 20);
// On a machine that has other work, fewer sets have to do.
const LONGEST = 45_000;
const FEWEST = 4;
/** What is wrong is made smaller as long as this lasts. */
const LONGEST_SHRINKING = 120_000;

/** Random policies, every pair of Pods, real connections: the enforcer and the evaluator of the program have to agree. */
export async function testPolicyRandom(lab: Lab, tally: Tally): Promise<void> {
  const kubectl = kubectlFor(lab, bin(lab, 'kube'));
  const ground: Ground = { lab, kubectl, namespace: HERE };
  const seed = Number(process.env.LAB_SEED ?? Date.now() % 2 ** 31);
  await tally.prove(`policy: packets and evaluator agree on ${SETS} random sets (LAB_SEED=${seed})`, async () => {
    await policyAgentReady(kubectl);
    return await agree(ground, await prepareRandomGround(kubectl), seed);
  });
  await leaveRandomGround(kubectl);
}

async function agree(ground: Ground, places: Places, seed: number): Promise<string[]> {
  let round = 0;
  let open = 0;
  const property = fc.asyncProperty(anyPolicies, async (drafts) => {
    round += 1;
    const policies = policiesOf(drafts, places.addressOf);
    await enforce(ground, policies, `seed-${seed}-${round}`);
    const { wrong, allowed } = await differences(ground, places);
    open += allowed;
    if (wrong.length > 0) throw new Error([...wrong, ...policies.map((one) => JSON.stringify(one))].join('\n'));
  });
  const found = await fc.check(property, {
    ...{ seed, numRuns: SETS, interruptAfterTimeLimit: LONGEST, markInterruptAsFailure: false },
  });
  say(`                 ${found.numRuns} sets; of ${round * FLOWS.length} connections ${open} were allowed`);
  if (!found.failed) return found.numRuns >= FEWEST ? [] : [`only ${found.numRuns} sets in ${LONGEST / 1000} s`];
  const smaller = await fc.check(property, {
    ...{ seed, path: found.counterexamplePath ?? '', interruptAfterTimeLimit: LONGEST_SHRINKING },
  });
  const { numShrinks, errorInstance } = smaller.failed ? smaller : found;
  return [`after ${found.numRuns} sets, made smaller ${numShrinks} times: ${String(errorInstance)}`];
}

// The agent writes all policies at once; the last that it hears of is one that selects nobody, and has a chain nonetheless.
async function enforce({ kubectl, lab }: Ground, policies: readonly Manifest[], mark: string): Promise<void> {
  const clear = (namespace: string) =>
    kubectl.must(['-n', namespace, 'delete', 'networkpolicy', '--all', '--wait=false']);
  await Promise.all([HERE, THERE].map(clear));
  const last: Manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: mark, namespace: HERE },
    spec: { podSelector: { matchLabels: { app: 'nobody' } }, policyTypes: ['Ingress'] },
  };
  await kubectl.apply([...policies, last]);
  const chain = chainOf(HERE, mark);
  const there = async (node: string) => {
    const save = await at({ lab, kubectl, namespace: HERE }, { node }, ['iptables-save', '-t', 'filter']);
    return (await must(save)).includes(chain);
  };
  await Promise.all(
    NODES.map(({ name }) => eventually(`${name} has the rules`, () => there(name), { timeoutMs: 8_000 })),
  );
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** As `lab/go/standins/policy/names.go` names it: 16 letters of the digest in base 32, five bits each. */
function chainOf(namespace: string, policy: string): string {
  const digest = createHash('sha256').update([namespace, policy, 'ingress', 'inet'].join('/')).digest();
  const bits = [...digest.subarray(0, 10)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return `KUBE-NWPLCY-${[...bits.matchAll(/.{5}/g)].map(([five]) => LETTERS[Number.parseInt(five, 2)]).join('')}`;
}

const FLOWS: readonly Flow[] = NAMES.flatMap((from) =>
  NAMES.filter((to) => to !== from).flatMap((to) => PORTS.map((port) => `${from} > ${to}:${port}`)),
);

async function differences(ground: Ground, places: Places): Promise<{ wrong: string[]; allowed: number }> {
  const allowed = await predicted(ground);
  const [open, closed] = [FLOWS.filter((flow) => allowed.has(flow)), FLOWS.filter((flow) => !allowed.has(flow))];
  // An answer that is to come may take its time on a busy machine; for one that is not to come nobody waits longer.
  const [came, leaked] = await Promise.all([
    travel(ground, { ...places, seconds: 8 }, open),
    travel(ground, places, closed),
  ]);
  const wrong = [
    ...open.filter((flow) => !came.has(flow)).map((flow) => `${flow}: the evaluator allows it, no packet comes back`),
    ...[...leaked].map((flow) => `${flow}: the evaluator denies it, and it is answered`),
  ];
  return { wrong, allowed: allowed.size };
}

interface Matrix {
  connections: { from: string; to: string; protocol: string; ports: string }[];
  problems: { severity: string; message: string }[];
}

const holds = (ports: string, port: number) =>
  ports === '*' ||
  ports.split(',').some((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return port >= first && port <= last;
  });

/** What the program says of the cluster as it is. */
async function predicted({ lab }: Ground): Promise<ReadonlySet<Flow>> {
  const asked = ['policy', 'matrix', '-o', 'json', '--kubeconfig', kubeconfig(lab, 'admin')];
  const argv = program(lab, [...asked, '--namespaces', HERE, THERE]);
  const { code, stdout, stderr } = await run(argv, { timeoutMs: 20_000 });
  if (code !== 0) throw new Error(`policy matrix ends with ${code}: ${stderr}`);
  const { connections, problems } = JSON.parse(stdout) as Matrix;
  const [bad] = problems.filter(({ severity }) => severity !== 'info');
  if (bad) throw new Error(`policy matrix complains: ${bad.message}`);
  const between = Map.groupBy(connections, ({ from, to }) => `${from} ${to}`);
  const isAllowed = (flow: Flow) => {
    const [, from = '', to = '', port] = /^(\w+) > (\w+):(\d+)$/.exec(flow) ?? [];
    return (between.get(`${peerOf.get(from)} ${peerOf.get(to)}`) ?? []).some(
      ({ protocol, ports }) => ['*', 'TCP'].includes(protocol) && holds(ports, Number(port)),
    );
  };
  return new Set(FLOWS.filter(isAllowed));
}
