import { kubeconfig, type Lab } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import {
  answerOf,
  answerYes,
  ask,
  checkIn,
  differs,
  forgetAll,
  HERE,
  IN_HERE,
  killOnce,
  objects,
  published,
  settle,
} from './pod-ways-stage.ts';
import { type Proof, provePart, type Stage } from './proof.ts';
import type { Tally } from './tally.ts';

interface Pod {
  metadata: {
    name: string;
    labels: Record<string, string>;
    ownerReferences?: { kind: string; controller?: boolean; uid: string }[];
    uid: string;
  };
  spec: { nodeName: string; automountServiceAccountToken?: boolean; activeDeadlineSeconds?: number };
  status: {
    conditions?: { type: string; status: string }[];
    ephemeralContainerStatuses?: { state: { running?: object; terminated?: object } }[];
  };
}

const podsIn = async ({ kubectl }: Stage, more: readonly string[] = []) =>
  (JSON.parse(await kubectl.must([...IN_HERE, 'get', 'pods', ...more, '-o', 'json'])) as { items: Pod[] }).items;
const made = (stage: Stage) => podsIn(stage, ['-l', 'net-triage/made=probe-pod']);
const visitors = async (stage: Stage) =>
  (await podsIn(stage, ['-l', 'app=visitor'])).filter(({ metadata }) => !metadata.name.startsWith('net-triage-'));

interface Endpoint {
  conditions: { ready?: boolean };
  targetRef?: { name: string };
}
const readyEndpoints = async ({ kubectl }: Stage, name: string) => {
  const argv = [...IN_HERE, 'get', 'endpointslices', '-l', `kubernetes.io/service-name=${name}`, '-o', 'json'];
  const { items } = JSON.parse(await kubectl.must(argv)) as { items: { endpoints?: Endpoint[] }[] };
  return items
    .flatMap(({ endpoints = [] }) => endpoints)
    .filter(({ conditions }) => conditions.ready)
    .map(({ targetRef }) => targetRef?.name ?? '');
};

const byEphemeral: Proof = async (stage) => {
  await settle(stage);
  const finished = await ask(stage, { as: 'admin' });
  const answer = answerOf(finished);
  const [visitor] = await visitors(stage);
  const states = visitor?.status.ephemeralContainerStatuses ?? [];
  return [
    ...differs('the exit code', finished.code, 0),
    ...differs('the way in', checkIn(answer, 'source-can-probe')?.facts.by, 'ephemeral'),
    ...differs('the verdict', answer.verdict.result, 'healthy'),
    ...differs('containers in the source', states.length, 1),
    ...(states[0]?.state.terminated ? [] : ['something still runs in the source']),
    ...(/stays until that Pod is deleted/.test(finished.stderr) ? [] : ['nobody was told that it stays']),
    ...differs('probe pods', (await made(stage)).length, 0),
  ];
};

const isReady = ({ status }: Pod) =>
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;

const faultsOf = (pod: Pod, source: Pod | undefined): string[] => {
  const { labels, ownerReferences = [] } = pod.metadata;
  const owners = ownerReferences.map(({ kind, controller, uid }) => [kind, controller, uid]);
  return [
    ...differs('its label app', labels.app, 'visitor'),
    ...differs('its template hash', labels['pod-template-hash'], undefined),
    ...differs('its controller', owners, [['Pod', true, source?.metadata.uid]]),
    ...differs('its node', pod.spec.nodeName, source?.spec.nodeName),
    ...differs('its token', pod.spec.automountServiceAccountToken, false),
    ...differs('its readiness', isReady(pod), false),
    ...(pod.spec.activeDeadlineSeconds ? [] : ['it never ends by itself']),
  ];
};

/** Looks at the probe pod, and at the endpoints beside it, for as long as it lives. */
const watch = async (stage: Stage, source: Pod | undefined, isOver: () => boolean) => {
  const wrong = new Set<string>();
  let seen = 0;
  while (!isOver()) {
    const [pod] = await made(stage);
    const endpoints = await readyEndpoints(stage, 'visitor');
    if (endpoints.some((name) => name.startsWith('net-triage-'))) wrong.add('a Service sends it traffic');
    if (!pod) continue;
    seen += 1;
    for (const fault of faultsOf(pod, source)) wrong.add(fault);
  }
  return [...(seen === 0 ? ['it was never seen'] : []), ...wrong];
};

const byProbePod: Proof = async (stage) => {
  await settle(stage);
  const before = await visitors(stage);
  let isOver = false;
  const asking = ask(stage, { as: 'podmaker' }).finally(() => {
    isOver = true;
  });
  const seen = await watch(stage, before[0], () => isOver);
  const finished = await asking;
  const answer = answerOf(finished);
  await eventually('it goes', async () => (await made(stage)).length === 0, { timeoutMs: 10_000 });
  const open = answer.verdict.notChecked.filter(({ reason }) => /tried from a probe pod/.test(reason));
  return [
    ...seen,
    ...differs('the way in', checkIn(answer, 'source-can-probe')?.facts.by, 'probe-pod'),
    ...differs('the answer', checkIn(answer, 'service-address-answers')?.outcome, 'answers'),
    ...differs('the verdict', [finished.code, answer.verdict.result], [5, 'inconclusive']),
    ...differs('what is left open', open.length, 1),
    ...differs(
      'the pods of the workload',
      (await visitors(stage)).map(({ metadata }) => metadata.name),
      before.map(({ metadata }) => metadata.name),
    ),
  ];
};

const refusedWherePublished: Proof = async (stage) => {
  await settle(stage);
  await stage.kubectl.apply([published]);
  try {
    const finished = await ask(stage, { as: 'podmaker' });
    const open = answerOf(finished).verdict.notChecked.find(({ check }) => check === 'source-can-probe');
    const why = new RegExp(`${HERE}/all-visitors publishes addresses that are not ready`);
    return [
      ...(why.test(open?.reason ?? '') ? [] : [`it says: ${open?.reason}`]),
      ...(/Created/.test(finished.stderr) ? ['one was made all the same'] : []),
    ];
  } finally {
    await stage.kubectl.must([...IN_HERE, 'delete', 'service', 'all-visitors']);
  }
};

const leftAndOffered: Proof = async (stage) => {
  await settle(stage);
  await forgetAll(stage);
  await killOnce(stage, /Created probe pod/, { as: 'podmaker' });
  const [left] = await made(stage);
  const next = await ask(stage, { as: 'podmaker', more: ['--pod-access', 'none', '--level', 'observe'] });
  const line = /Remove it with: kubectl (?:--context \S+ )?(-n \S+ delete pod \S+)/.exec(next.stderr)?.[1] ?? '';
  if (!left || !line.endsWith(left.metadata.name)) return [`the next start says: ${next.stderr.trim()}`];
  await stage.kubectl.must(line.split(' '));
  const last = await ask(stage, { as: 'podmaker', more: ['--pod-access', 'none', '--level', 'observe'] });
  return [
    ...differs('what is there after that line', (await made(stage)).length, 0),
    ...(/has left/.test(last.stderr) ? [`it is offered again: ${last.stderr.trim()}`] : []),
  ];
};

const removedByYes: Proof = async (stage) => {
  await settle(stage);
  await forgetAll(stage);
  await killOnce(stage, /Created probe pod/, { as: 'podmaker' });
  const before = (await made(stage)).length;
  const shown = await answerYes(stage, /Remove it now\? \[y\/N\]/, { as: 'podmaker' });
  await eventually('it goes', async () => (await made(stage)).length === 0, { timeoutMs: 10_000 });
  return [...differs('what was left', before, 1), ...(/It is removed\./.test(shown) ? [] : [`it says: ${shown}`])];
};

const removedAtDeadline: Proof = async (stage) => {
  await settle(stage);
  const finished = await ask(stage, { as: 'podmaker', more: ['--deadline', '4s'] });
  await eventually('it goes', async () => (await made(stage)).length === 0, { timeoutMs: 10_000 });
  return [
    ...differs('the exit code', finished.code, 124),
    ...(/Removed probe pod/.test(finished.stderr) ? [] : [`it says: ${finished.stderr.trim()}`]),
  ];
};

/** The ways into a Pod beside exec, from a Pod without a shell, in a namespace with the profile "restricted". */
export const testPodWays = (lab: Lab, tally: Tally): Promise<void> =>
  provePart(lab, tally, {
    name: 'ways into a pod',
    namespace: HERE,
    prepare: async ({ kubectl }) => {
      await kubectl.must(['label', 'namespace', HERE, 'pod-security.kubernetes.io/enforce=restricted']);
      await kubectl.apply(objects);
      await kubectl.must([...IN_HERE, 'rollout', 'status', 'deploy', '--timeout=60s']);
      // Whoever may not look would prove nothing.
      await kubectl.must(['--kubeconfig', kubeconfig(lab, 'podmaker'), ...IN_HERE, 'get', 'pods']);
    },
    proofs: [
      ['a source without a shell is looked from by an ephemeral container', byEphemeral],
      ['where that is forbidden, by a probe pod that nobody sends anything to', byProbePod],
      ['not where a Service would send it traffic', refusedWherePublished],
      ['a session that its deadline ends takes its probe pod along', removedAtDeadline],
      ['one that is killed leaves it, and the next start offers it', leftAndOffered],
      ['somebody at a terminal removes it by a yes', removedByYes],
    ],
  });
