import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { nodeStateSchema, nodeStates } from '../../domain/node-state.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { isFinished, podIps } from '../../domain/pod-state.js';
import { podsBehind } from '../../domain/service-pods.js';
import { sourcePod } from '../../domain/source-pod.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { missingPlugin, type SandboxFailure, sandboxFailure } from '../../parse/links/sandbox-failure.js';

type Reader = ObjectReader<'services' | 'pods' | 'events' | 'nodes'>;
type Pod = KubeObject<'pods'>;
type Event = KubeObject<'events'>;

const waitingSchema = z.object({
  pod: z.string(),
  node: z.string(),
  /** Newest first; absent where events may not be read. */
  messages: z.array(z.string()).optional(),
});
type Waiting = z.infer<typeof waitingSchema>;

const hasNoNetwork = (pod: Pod) => !isFinished(pod) && !pod.metadata?.deletionTimestamp && podIps(pod).length === 0;

/** The Node it is on, or the only one it may be put on. */
const nodeOf = ({ spec }: Pod) => spec?.nodeName ?? spec?.nodeSelector?.['kubernetes.io/hostname'] ?? '';

const timeOf = ({ series, lastTimestamp, eventTime, firstTimestamp }: Event) =>
  Date.parse(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? '') || 0;

// The kubelet tries again and again, so an hour without a complaint is an hour without this trouble.
const recentMs = 3_600_000;

const complaints = async (kube: Reader, pod: Pod, now: number): Promise<Waiting> => {
  const name = nameOf(pod);
  const scope = { namespace: pod.metadata?.namespace, fields: { 'involvedObject.name': name } };
  const events = await ifReadable(kube.list('events', scope));
  const recent = events
    ?.filter((event) => now - timeOf(event) < recentMs)
    .toSorted((a, b) => timeOf(b) - timeOf(a))
    .flatMap(({ message }) => (message ? [message.slice(0, 600)] : []));
  return { pod: name, node: nodeOf(pod), ...(recent ? { messages: recent.slice(0, 10) } : {}) };
};

interface Complaint {
  readonly word: SandboxFailure;
  readonly pod: string;
  readonly node: string;
  readonly message: string;
}

const complaintOf = ({ pod, node, messages = [] }: Waiting): Complaint[] =>
  messages.flatMap((message) => {
    const word = sandboxFailure(message);
    return word ? [{ word, pod, node, message }] : [];
  });

/** A complaint that names its cause says more than one that only says that nothing works. */
const best = (all: readonly Complaint[]) =>
  all.find(({ word }) => word !== 'failed-otherwise' && word !== 'network-not-ready') ?? all[0];

const told = ({ pod, node, message }: Complaint): Facts => ({
  'waiting-pod': pod,
  node,
  message: message.slice(0, 300),
  plugin: missingPlugin(message) ?? '-',
});

export default defineStep({
  stage: 'cni',
  hop: 'veth',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'events', 'nodes'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({ waiting: z.array(waitingSchema), nodes: z.array(nodeStateSchema) }),
  outcomes: {
    made: 'pass',
    'network-not-ready': 'fail',
    'plugin-missing': 'fail',
    'no-lease-file': 'fail',
    'old-bridge-address': 'fail',
    'addresses-used-up': 'fail',
    'subnet-used-up': 'fail',
    'agent-unreachable': 'fail',
    'failed-otherwise': 'warn',
    'not-told': 'unsure',
  },

  async collect({ kube, clock }, { from, to }) {
    const [source, { pods }] = await Promise.all([sourcePod(kube, { from }), podsBehind(kube, to)]);
    const without = [...(source ? [source] : []), ...pods].filter(hasNoNetwork).slice(0, 3);
    const waiting = await Promise.all(without.map((pod) => complaints(kube, pod, clock.now())));
    const { nodes } = await nodeStates(
      kube,
      waiting.map(({ node }) => node),
    );
    return { waiting, nodes };
  },

  interpret({ waiting, nodes }) {
    const bare = nodes.filter(({ message }) => sandboxFailure(message) === 'network-not-ready');
    const onBare = waiting.flatMap(({ pod, node }): Complaint[] =>
      bare.flatMap(({ name, message }) => (name === node ? [{ word: 'network-not-ready', pod, node, message }] : [])),
    );
    const found = best([...waiting.flatMap(complaintOf), ...onBare]);
    if (found) return { outcome: found.word, facts: told(found) };
    const first = waiting[0];
    return first
      ? { outcome: 'not-told', facts: told({ ...first, word: 'failed-otherwise', message: '' }) }
      : { outcome: 'made' };
  },
});
