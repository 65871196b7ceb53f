import { TOOLS } from '../build/images.ts';
import { onNode } from '../cluster/node.ts';
import { type Lab, NETWORK, NODES } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { must, run } from '../machine/run.ts';
import { client, service } from '../scenario/manifest.ts';
import { type Proof, provePart, type Stage } from './proof.ts';
import type { Tally } from './tally.ts';

const NAMESPACE = 'lab-dns-cache';
// Of its own, so that no cache knows it before.
const NAME = `asked.${NAMESPACE}.svc.cluster.local`;
const CACHE = 'daemonset/node-local-dns';
const there = ['-n', 'kube-system'];
const names = NODES.map(({ name }) => name);

/** The DNS cache of a node: what it spares CoreDNS, what dies with it, and what it leaves. */
export const testNodeLocalDns = (lab: Lab, tally: Tally): Promise<void> =>
  provePart(lab, tally, { name: 'DNS cache', namespace: NAMESPACE, prepare, proofs: PROOFS });

async function prepare(stage: Stage): Promise<void> {
  const { kubectl } = stage;
  await kubectl.apply([service(NAMESPACE, 'asked', { ports: [{ port: 80 }] })]);
  await kubectl.apply(names.map((node) => client(NAMESPACE, { name: node, node, image: TOOLS })));
  await kubectl.must(['-n', NAMESPACE, 'wait', '--for=condition=Ready', 'pods', '--all', '--timeout=60s']);
  await on(stage, 'node-b', ['iptables', '-w', '-t', 'raw', '-D', ...RULE]);
}

const PROOFS: readonly (readonly [string, Proof])[] = [
  ['answers a name again without asking CoreDNS, and without connection tracking', spares],
  ['frozen, it takes DNS away from the pods of its node alone', diesAlone],
  ['puts a rule back that was deleted', repairs],
  ['ended, it leaves nothing, and pods ask CoreDNS', leavesNothing],
];

async function spares(stage: Stage): Promise<string[]> {
  const wrong: string[] = [];
  for (const node of names) {
    await eventually(`${NAME} resolves on ${node}`, () => resolves(stage, node));
    const before = await counters(stage, node);
    for (let round = 0; round < 5; round += 1)
      if (!(await resolves(stage, node))) wrong.push(`${node}: no answer in round ${round}`);
    const after = await counters(stage, node);
    if (after.hits - before.hits !== 5) wrong.push(`${node}: ${after.hits - before.hits} of 5 came from the cache`);
    if (after.forwarded !== before.forwarded) wrong.push(`${node}: CoreDNS was asked`);
    const tracked = await on(stage, node, ['conntrack', '-L', '--orig-dst', NETWORK.dnsVip, '-p', 'udp']);
    if (tracked.trim() !== '') wrong.push(`${node} tracks ${tracked}`);
  }
  return wrong;
}

async function diesAlone(stage: Stage): Promise<string[]> {
  const pid = (await on(stage, 'node-a', ['pidof', 'node-cache'])).trim();
  await on(stage, 'node-a', ['kill', '-STOP', pid]);
  const answered = await Promise.all(names.map((node) => resolves(stage, node)));
  await on(stage, 'node-a', ['kill', '-CONT', pid]);
  await eventually('DNS on node-a works again', () => resolves(stage, 'node-a'));
  return names.flatMap((node, at) =>
    answered[at] === (node !== 'node-a') ? [] : [`${node}: ${answered[at] ? 'answered' : 'no answer'}`],
  );
}

const RULE = ['OUTPUT', '-p', 'tcp', '-s', '169.254.20.10', '--sport', '8080', '-j', 'NOTRACK'];
RULE.push('-m', 'comment', '--comment', 'NodeLocal DNS Cache: skip conntrack');

async function repairs(stage: Stage): Promise<string[]> {
  const check = ['iptables', '-w', '-t', 'raw', '-C', ...RULE];
  const back = async () => (await run(await onNode(stage.lab, 'node-b', check))).code === 0;
  await eventually('the rule is back', back, { timeoutMs: 65_000, everyMs: 500 }); // it looks once a minute
  return [];
}

async function leavesNothing(stage: Stage): Promise<string[]> {
  const { kubectl } = stage;
  const elsewhere = (nodes: object | null) =>
    kubectl.must([
      ...there,
      'patch',
      CACHE,
      '-p',
      JSON.stringify({ spec: { template: { spec: { nodeSelector: nodes } } } }),
    ]);
  await elsewhere({ 'lab/nowhere': '' });
  const wrong: string[] = [];
  try {
    const gone = ['wait', '--for=delete', 'pods', '-l', 'k8s-app=node-local-dns', '--timeout=60s'];
    await kubectl.must([...there, ...gone]);
    for (const node of names) {
      const left = await leftovers(stage, node);
      if (left !== '') wrong.push(`${node} still has ${left}`);
      if (!(await resolves(stage, node))) wrong.push(`${node}: no answer from CoreDNS`);
    }
  } finally {
    await elsewhere(null);
    await kubectl.must([...there, 'rollout', 'status', CACHE, '--timeout=60s']);
  }
  for (const node of names) await eventually(`${node} has its cache back`, () => leftovers(stage, node));
  return wrong;
}

async function leftovers(stage: Stage, node: string): Promise<string> {
  const rules = (await on(stage, node, ['iptables-save'])).split('\n').filter((line) => line.includes('NodeLocal'));
  const { stdout } = await run(await onNode(stage.lab, node, ['ip', '-br', 'link', 'show', 'nodelocaldns']));
  return [...rules, stdout].join('\n').trim();
}

interface Counters {
  hits: number;
  forwarded: number;
}

async function counters(stage: Stage, node: string): Promise<Counters> {
  const text = await on(stage, node, ['curl', '-sS', '-m', '2', 'http://127.0.0.1:9253/metrics']);
  const sum = (wanted: RegExp) =>
    text
      .split('\n')
      .filter((line) => wanted.test(line) && !line.includes(NETWORK.resolver))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
  return {
    hits: sum(/^coredns_cache_hits_total\{.*zones="cluster\.local\."/),
    forwarded: sum(/^coredns_proxy_request_duration_seconds_count\{/),
  };
}

async function resolves({ kubectl }: Stage, node: string): Promise<boolean> {
  const ask = ['-n', NAMESPACE, 'exec', node, '--', 'dig', '+tries=1', '+time=2', NAME];
  return (await kubectl.run(ask)).stdout.includes('status: NOERROR');
}

const on = async ({ lab }: Stage, node: string, argv: readonly string[]) => must(await onNode(lab, node, argv));
