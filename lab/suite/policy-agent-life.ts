import { policyAgentReady, policyAgentWith } from '../addons/policy.ts';
import { bin } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { must, run } from '../machine/run.ts';
import { client } from '../scenario/manifest.ts';
import { at, type Ground } from '../scenario/place.ts';
import { type Places, SHOP, YARD } from './policy-agent-ground.ts';
import { sctp } from './policy-agent-sctp.ts';
import { app, policyOf, role } from './policy-agent-spec.ts';
import { answered, until } from './policy-agent-traffic.ts';

type Proof = (ground: Ground, places: Places) => Promise<string[]>;

const DENY = policyOf({ podSelector: {}, policyTypes: ['Ingress'] }, 'deny');
const BUYERS = policyOf({ ...app('cart'), ingress: [{ from: [role('buyer')] }] }, 'buyers');

// From the client's network, but without the API server, whose own slowness would count as the agent's.
async function within2s(ground: Ground, places: Places, wanted: boolean): Promise<void> {
  const nc = ['nc', '-z', '-w', '1', places.addressOf.get('cart') ?? '', '8080'];
  const argv = await at(ground, { netOf: 'clerk' }, nc);
  const reached = async () => ((await run(argv)).code === 0) === wanted;
  await eventually(`clerk > cart:8080 is ${wanted ? 'answered' : 'stopped'}`, reached, { timeoutMs: 2_000 });
}

const heals: Proof = async (ground, places) => {
  await ground.kubectl.apply([DENY]);
  await within2s(ground, places, false);
  await ground.kubectl.must(['-n', SHOP, 'delete', 'networkpolicy', 'deny', '--wait=false']);
  await within2s(ground, places, true);
  return [];
};

const follows: Proof = async (ground, places) => {
  await ground.kubectl.apply([BUYERS]);
  await within2s(ground, places, false);
  const label = (value: string) =>
    ground.kubectl.must(['-n', SHOP, 'label', 'pod', 'clerk', '--overwrite', `role=${value}`]);
  await label('buyer');
  await within2s(ground, places, true);
  await label('clerk');
  await within2s(ground, places, false);
  return [];
};

// Two requests on one connection; between them the policy comes.
const TWO = `
{ printf 'GET / HTTP/1.1\\r\\nHost: cart\\r\\n\\r\\n'
  read -r _
  printf 'GET / HTTP/1.1\\r\\nHost: cart\\r\\nConnection: close\\r\\n\\r\\n'
  sleep 1
} | nc -w 3 "$1" 8080 | grep -c '200 OK'`;

const keepsOld: Proof = async (ground, places) => {
  const fifo = '/tmp/go-on';
  const digger = (script: string, ...args: string[]) =>
    at(ground, { pod: 'digger', namespace: YARD }, ['sh', '-c', script, 'digger', ...args]);
  await must(await digger(`rm -f ${fifo}; mkfifo ${fifo}`));
  const both = must(await digger(`exec 3<>${fifo}; (${TWO}) <&3`, places.addressOf.get('cart') ?? ''), {
    timeoutMs: 20_000,
  });
  const established = await at(ground, { netOf: 'cart' }, [
    'ss',
    '-Htn',
    'state',
    'established',
    'sport',
    '=',
    ':8080',
  ]);
  await eventually('the connection stands', async () => (await must(established)).trim() !== '');
  await ground.kubectl.apply([DENY]);
  await until(ground, places, { flow: 'digger > cart:8080', answered: false });
  await must(await digger(`echo on >${fifo}`));
  const count = Number(await both);
  return count === 2 ? [] : [`${count} of 2 answers on the connection that was there before the policy`];
};

// Whoever flushes a chain or takes our jump away; the agent looks every 30 s.
const writesAgain: Proof = async (ground, places) => {
  const agents = ['-n', 'kube-system', 'logs', '-l', 'k8s-app=kube-router', '--tail=-1'];
  const complaints = async () =>
    (await ground.kubectl.must(agents)).split('somebody else changed KUBE-ROUTER-FORWARD').length;
  await ground.kubectl.apply([DENY]);
  await until(ground, places, { flow: 'buyer > cart:8080', answered: false });
  const before = await complaints();
  await must(await at(ground, { node: 'node-a' }, ['iptables', '-F', 'KUBE-ROUTER-FORWARD']));
  const seen = async () => (await complaints()) > before;
  await eventually('the agent finds its chain empty', seen, { timeoutMs: 35_000, everyMs: 500 });
  await until(ground, places, { flow: 'buyer > cart:8080', answered: false });
  return [];
};

const NOWHERE = 'net-triage.lab/nowhere';

const outlives: Proof = async (ground, places) => {
  await ground.kubectl.apply([DENY]);
  await until(ground, places, { flow: 'buyer > cart:8080', answered: false });
  try {
    return await whileAway(ground, places);
  } finally {
    await sendAway(ground, { [NOWHERE]: null });
    await policyAgentReady(ground.kubectl);
    await until(ground, places, { flow: 'buyer > cart:8080', answered: false });
  }
};

async function whileAway(ground: Ground, places: Places): Promise<string[]> {
  const { kubectl, lab } = ground;
  const onNode = async (...argv: string[]) => must(await at(ground, { node: 'node-a' }, argv));
  await sendAway(ground, { [NOWHERE]: 'true' });
  const pods = ['-n', 'kube-system', 'get', 'pods', '-l', 'k8s-app=kube-router', '-o', 'name'];
  await eventually('no agent is left', async () => (await kubectl.must(pods)) === '');
  const held = !(await answered(ground, places, 'buyer > cart:8080'));
  await onNode(bin(lab, 'policy'), '--cleanup');
  const open = await answered(ground, places, 'buyer > cart:8080');
  const left = /KUBE-(ROUTER|POD-FW|NWPLCY|SRC|DST)/.test(
    (await onNode('iptables-save')) + (await onNode('ipset', 'list', '-n')),
  );
  return [
    ...(held ? [] : ['the rules went with the agent']),
    ...(open ? [] : ['--cleanup left the pod closed']),
    ...(left ? ['--cleanup left chains or sets'] : []),
  ];
}

async function sendAway({ kubectl }: Ground, nodeSelector: object): Promise<void> {
  const patch = JSON.stringify({ spec: { template: { spec: { nodeSelector } } } });
  await kubectl.must(['-n', 'kube-system', 'patch', 'daemonset', 'kube-router', '-p', patch]);
}

const flags: Proof = async (ground, places) => {
  const { kubectl } = ground;
  try {
    await kubectl.must(policyAgentWith('--also-block-node', '--lag=10s'));
    await policyAgentReady(kubectl);
    await kubectl.apply([BUYERS]);
    await until(ground, places, { flow: 'node-a > cart:8080', answered: false });
    return await comeLate(ground, places);
  } finally {
    await kubectl.must(policyAgentWith());
    await policyAgentReady(kubectl);
    await until(ground, places, { flow: 'node-a > cart:8080', answered: true });
  }
};

async function comeLate(ground: Ground, { namespaceOf, ...rest }: Places): Promise<string[]> {
  const late = client(SHOP, { name: 'late', node: 'node-b' });
  await ground.kubectl.apply([{ ...late, metadata: { ...late.metadata, labels: { role: 'buyer' } } }]);
  await ground.kubectl.must(['-n', SHOP, 'wait', '--for=condition=Ready', 'pod/late', '--timeout=30s']);
  const places = { ...rest, namespaceOf: new Map([...namespaceOf, ['late', SHOP]]) };
  const early = await answered(ground, places, 'late > cart:8080');
  await until(ground, places, { flow: 'late > cart:8080', answered: true, withinMs: 12_000 });
  return early ? ['the pod was let in before its time'] : [];
}

/** What no single set of policies shows: how the rules come, stay and go. */
export const lifeProofs: readonly (readonly [title: string, proof: Proof])[] = [
  ['a policy that is deleted is gone within 2 s', heals],
  ['a pod that gets or loses a label is another peer within 2 s', follows],
  ['a connection that was there before the policy goes on', keepsOld],
  ['SCTP is judged by its port', sctp],
  ['rules that somebody takes away come back', writesAgain],
  ['the rules outlive the agent, and --cleanup removes them', outlives],
  ['--also-block-node stops the own node, --lag a new pod', flags],
];
