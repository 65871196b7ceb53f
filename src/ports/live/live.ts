import { CannotLook, sessionClosed } from '../../domain/cannot-look.js';
import type { JsonObject } from '../../domain/json.js';
import type { KubeObject } from '../../domain/kinds.js';
import type { Level } from '../../domain/level.js';
import type { AnswerTo, AskOptions, Call, PodRef, World } from '../../domain/ports.js';
import { createNetworkRung } from '../node/network-rung.js';
import { createNodePort, type NodePort } from '../node/node-port.js';
import { createNodeRungs, type NodeOptions } from '../node/rungs.js';
import type { Clean } from './clean.js';
import { createExec } from './exec.js';
import { createHistorian, type Historian, type HistorianOptions } from './history.js';
import { createKube, type Kube } from './kube.js';
import { createMeter, type Exchange } from './meter.js';
import { type OpenOptions, openConnection } from './open-connection.js';
import { createPlaces, type Places } from './place.js';
import { createPodPort, type PodPort } from './pod-port.js';
import { createRecent, type Recent } from './recent.js';
import type { Leftovers } from './rungs/leftovers.js';
import { notOurs } from './rungs/not-ours.js';
import { createPodWays, type PodWaysOptions } from './rungs/pod-ways.js';
import type { Queries } from './toolbox.js';
import { createTransport } from './transport.js';

export interface LiveOptions extends PodWaysOptions, OpenOptions {
  /** Asked before every request: the operator may grant more in the middle of a session. */
  readonly level: () => Level;
  readonly queries: Queries;
  readonly clean: Clean;
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  readonly nodes?: NodeOptions | undefined;
  /** Of a Prometheus (`--prometheus`) and a Loki (`--loki`), instead of those that the cluster shows. */
  readonly keepers?: HistorianOptions['urls'] | undefined;
}

/** The cluster a live world looks at, in words for the journal and the screen. */
export interface LiveTarget {
  readonly context: string | null;
  readonly cluster: string;
  readonly user: string | null;
  readonly namespace: string;
  readonly apiHost: string;
  readonly as: string | null;
}

export interface Live extends World {
  readonly target: LiveTarget;
  /** Ends what is under way and removes what was made. Never throws, and takes no longer than a few seconds. */
  tidy(): Promise<void>;
  /** What earlier sessions have left in the cluster. */
  readonly leftovers: Leftovers;
}

const longestTidy = 8_000;
const largestAnswer = 64 << 20;
const largestHistory = 2 << 20;

type GetCall = Extract<Call, { verb: 'get' }>;
type Learn = Places['learn'];

const getPod = ({ namespace, name }: GetCall, reading: Promise<JsonObject | null>, learn: Learn) => {
  if (namespace !== undefined) learn({ namespace, name }, reading);
  return reading;
};

const learnPods = (kind: string, items: JsonObject[], learn: Learn) => {
  for (const pod of kind === 'pods' ? items : []) {
    const { namespace, name } = (pod.metadata ?? {}) as Partial<PodRef>;
    if (namespace && name) learn({ namespace, name }, Promise.resolve(pod));
  }
  return items;
};

interface Answering {
  readonly kube: Kube;
  readonly recent: Recent;
  readonly pods: PodPort;
  readonly nodes: NodePort;
  readonly historian: Historian;
  readonly learn: Learn;
  readonly learnRules: ReturnType<typeof createPodWays>['learnRules'];
}

const answer = async (
  call: Call,
  { signal, ofSource, fresh }: AskOptions & { readonly signal: AbortSignal },
  { kube, recent, pods, nodes, historian, learn, learnRules }: Answering,
): Promise<unknown> => {
  if (call.port === 'node') return nodes.run(call, signal);
  if (call.port === 'pod') return pods.run(call, signal, { ofSource });
  switch (call.verb) {
    case 'get':
      return call.kind === 'pods'
        ? getPod(call, recent.get(call, signal, fresh), learn)
        : recent.get(call, signal, fresh);
    case 'list':
      return learnPods(call.kind, notOurs(call.kind, await recent.list(call, signal, fresh)), learn);
    case 'logs':
      return kube.logs(call, signal);
    case 'history':
      return historian.ask(call, signal);
    case 'rules':
      return learnRules(call.namespace, kube.rules(call, signal));
    case 'version':
      return kube.version(call, signal);
  }
};

/** What ssh, a proxy or a kernel says on the way comes from outside as well. The kind of the error stays what it is. */
const cleanly = <T>(work: Promise<T>, { cleanText }: Clean): Promise<T> =>
  work.catch((error: unknown) => {
    if (error instanceof CannotLook) error.message = cleanText(error.message);
    throw error;
  });

/**
 * The world as it is: one cluster, through its API server. Reads the kubeconfig and gets credentials, but
 * sends no request yet. Throws `KubeconfigProblem` or `ApiUnavailable`.
 */
export const createLive = async (options: LiveOptions): Promise<Live> => {
  const { clean, level, queries } = options;
  const { target, connection, requestTimeout } = await openConnection(options);
  const meter = createMeter(options.onExchange);
  const transport = createTransport({ connection, meter, level, timeout: requestTimeout, cap: largestAnswer });
  const closing = new AbortController();
  const kube = createKube(transport, clean, closing.signal);
  const { placeOf, learn } = createPlaces(({ namespace, name }) =>
    kube.get({ port: 'kube', verb: 'get', kind: 'pods', namespace, name }, closing.signal),
  );
  const now = options.now ?? Date.now;
  const recent = createRecent(kube, now);
  // Of its own: that a Prometheus or a Loki is silent says nothing of the API server in front of it.
  const ofHistory = createTransport({ connection, meter, level, timeout: requestTimeout, cap: largestHistory });
  const historian = createHistorian({
    ...{ transport: ofHistory, kube, clean, meter, now },
    ...{ urls: options.keepers ?? {}, closing: closing.signal },
  });
  const exec = createExec({ connection, meter, level, clean });
  const running = { queries, level, meter, clean, patience: requestTimeout, closing: closing.signal };
  const readPod = ({ namespace, name }: PodRef, signal: AbortSignal) =>
    kube.get(
      { port: 'kube', verb: 'get', kind: 'pods', namespace, name },
      signal,
    ) as Promise<KubeObject<'pods'> | null>;
  const { learnRules, removeAll, leftovers, making, ...ways } = createPodWays(options, {
    ...{ kube, transport, clean, placeOf, closing: closing.signal },
    node: (containers) => createNetworkRung({ nodes, readPod, level, closing: closing.signal }, containers),
  });
  const debug = { image: options.probeImage, namespace: target.namespace, making };
  const nodes = createNodePort({ ...running, rungs: createNodeRungs({ ...options, kube, recent, exec, debug }) });
  const agents = options.nodes?.access.includes('pod') ?? false;
  const pods = createPodPort({ ...running, exec, placeOf, agents, ...ways });
  const tidy = async () => {
    closing.abort(new CannotLook('lost', sessionClosed));
    await removeAll(AbortSignal.timeout(longestTidy));
  };
  const withContainer = async (call: Call, signal: AbortSignal): Promise<Call> => {
    if (call.port !== 'kube' || call.verb !== 'logs' || call.container !== undefined) return call;
    return { ...call, pod: await placeOf(call.pod, signal) };
  };
  return {
    target: {
      ...{ context: target.context, cluster: target.cluster, user: target.user, namespace: target.namespace },
      ...{ apiHost: target.server.host, as: String(target.impersonate['Impersonate-User'] ?? '') || null },
    },
    clock: { now },
    cost: () => meter.cost(),
    async ask<C extends Call>(call: C, given: AbortSignal, options: AskOptions = {}) {
      const signal = AbortSignal.any([given, closing.signal]);
      const ports = { kube, recent, pods, nodes, historian, learn, learnRules };
      const answered = withContainer(call, signal).then((full) => answer(full, { ...options, signal }, ports));
      return (await cleanly(answered, clean)) as AnswerTo<C>;
    },
    ...{ tidy, leftovers },
    async close() {
      await tidy();
      await Promise.all([connection.close(), nodes.close(), historian.close()]);
    },
  };
};
