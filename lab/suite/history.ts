import { applyManifest } from '../cluster/manifest.ts';
import type { Lab } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import type { Who } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';
import { type Finding, looked, outcomesOf } from './looked.ts';
import { type Proof, provePart, type Stage } from './proof.ts';
import type { Tally } from './tally.ts';

const NAMESPACE = 'monitoring';
const CHECKS = [
  'history-of-nodes-is-quiet',
  'history-of-names-is-quiet',
  'history-of-rules-is-quiet',
  'history-shows-no-throttling',
];

/** What a real Prometheus kept, as the program finds, asks and understands it. */
export const testHistory = (lab: Lab, tally: Tally): Promise<void> =>
  provePart(lab, tally, { name: 'history', namespace: NAMESPACE, prepare, proofs: PROOFS });

async function prepare({ lab, kubectl }: Stage): Promise<void> {
  await kubectl.apply([service(NAMESPACE, 'asked', { ports: [{ port: 80 }] })]);
  await applyManifest(lab, kubectl, 'prometheus.yaml');
  await applyManifest(lab, kubectl, 'kubeskoop.yaml');
  await kubectl.must(['-n', NAMESPACE, 'rollout', 'status', 'deploy/prometheus', '--timeout=60s']);
  await kubectl.must(['-n', NAMESPACE, 'wait', '--for=condition=Ready', 'pods', '--all', '--timeout=60s']);
}

const PROOFS: readonly (readonly [string, Proof])[] = [
  ['is found through its Service, and answers every question', answers],
  ['says what KubeSkoop counted within the Pod that asks', ofPods],
  ['is not read without the right to', refused],
  ['is read where it is named', named],
  ['is missed by nobody where there is none', absent],
];

const FLOW = ['--from', `pod/${NAMESPACE}/asker`, '--to', `svc/${NAMESPACE}/asked`, '--level', 'probe'];

const look = ({ lab }: Stage, { as = 'admin' as Who, more = [] as readonly string[] } = {}) =>
  looked(lab, CHECKS, { as, more: [...FLOW, ...more] });

// The hour before is not there yet: whatever is high cannot be told from what always was.
const KEPT = ['quiet', 'high-before'];

/** A rate takes two samples of each node: what is missing at first is waited for. */
async function kept(stage: Stage): Promise<Finding[]> {
  const seen = async () => {
    const found = await look(stage, { more: ['--since', '1s'] });
    const missing = (found[0]?.facts.unseen ?? ['everything']) as string[];
    if (missing.length > 0) throw new Error(`missing are ${missing.join(', ')}`);
    const said = outcomesOf(found.slice(0, 3));
    if (!said.every((word) => KEPT.includes(word))) throw new Error(`the answers are ${said}`);
    return found;
  };
  const waiting = { timeoutMs: 40_000, everyMs: 1000 };
  return await eventually('Prometheus has kept something of nodes, names and rules', seen, waiting);
}

async function answers(stage: Stage): Promise<string[]> {
  const found = await kept(stage);
  const sources = new Set(found.map(({ facts }) => facts['kept-by']));
  return [
    ...(sources.size === 1 && sources.has('Service monitoring/prometheus-server:80')
      ? []
      : [`read from ${[...sources]}`]),
    ...(found[3]?.outcome === 'no-history' ? ['no answer about throttling'] : []),
  ];
}

/** Its exporter answers whoever scrapes it, so that the Pod sends something. */
async function ofPods(stage: Stage): Promise<string[]> {
  const wanted = ['pod-overflows', 'pod-device-drops', 'pod-resent-share'];
  const seen = async () => {
    const [found] = await look(stage, { more: ['--since', '1s'] });
    const said = [found?.facts.flat, found?.facts.high].flat().join('\n');
    const missing = wanted.filter((what) => !said.includes(what));
    if (missing.length > 0) throw new Error(`missing are ${missing.join(', ')}: ${said}`);
    return [];
  };
  return await eventually('Prometheus has kept something of the Pod', seen, { timeoutMs: 20_000, everyMs: 1000 });
}

async function refused(stage: Stage): Promise<string[]> {
  const found = outcomesOf(await look(stage, { as: 'prober' }));
  return found.every((word) => word === 'forbidden') ? [] : [`prober was told ${found}`];
}

async function named(stage: Stage): Promise<string[]> {
  const [ok, gone] = await Promise.all(
    ['http://10.0.0.13:9090', 'http://10.0.0.13:9'].map((url) =>
      look(stage, { as: 'prober', more: ['--since', '1s', '--prometheus', url] }),
    ),
  );
  const source = ok?.[0]?.facts['kept-by'];
  return [
    ...(source === 'http://10.0.0.13:9090' ? [] : [`read from ${source}`]),
    ...(outcomesOf(gone ?? []).every((word) => word === 'lost')
      ? []
      : [`a closed port said ${outcomesOf(gone ?? [])}`]),
  ];
}

async function absent(stage: Stage): Promise<string[]> {
  await stage.kubectl.must(['-n', NAMESPACE, 'delete', 'service', 'prometheus-server']);
  await stage.kubectl.must(['-n', 'kube-system', 'delete', 'service', 'coredns-metrics']);
  const found = outcomesOf(await look(stage));
  return found.every((word) => word === 'no-history') ? [] : [`without a Prometheus: ${found}`];
}
