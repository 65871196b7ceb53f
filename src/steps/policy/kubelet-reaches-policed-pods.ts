import { z } from 'zod';
import { facts } from '../../domain/finding.js';
import { ifReadable } from '../../domain/if-readable.js';
import { inIncident } from '../../domain/in-incident.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { podState } from '../../domain/pod-state.js';
import { type PolicyEngine, policyEngine } from '../../domain/policy-engine.js';
import { podsBehind } from '../../domain/service-pods.js';
import { defineStep } from '../../domain/step.js';
import { type PolicyReader, policyDocuments, policyReads } from '../../policy/cluster/documents.js';
import { selectionsOf } from '../../policy/cluster/selections.js';
import { understand } from '../../policy/cluster/understand.js';
import { policySide } from '../../policy/cluster/view.js';

const evidenceSchema = z.strictObject({
  nobody: z.boolean(),
  pods: z.int(),
  unready: z.int(),
  /** What the kubelet said of a Pod whose connection did not come about. */
  failed: z.strictObject({ pod: z.string(), node: z.string(), said: z.string() }).optional(),
  /** Policies for what comes in that select the Pod. */
  policies: z.array(z.string()),
  /** Whether they would stop the node, if it were judged as anybody is. */
  stopsNode: z.boolean(),
});
type Evidence = z.infer<typeof evidenceSchema>;

/** "Readiness probe failed: Get "http://10.244.1.5:8336/": dial tcp 10.244.1.5:8336: connect: connection refused" */
const cutOff = /probe failed:.*(connection refused|i\/o timeout|deadline exceeded|Client\.Timeout|no route to host)/is;

const eventOf = async (kube: ObjectReader<'events'>, pod: KubeObject<'pods'>, now: number) => {
  const namespace = pod.metadata?.namespace ?? '';
  const events = await kube.list('events', { namespace, fields: { 'involvedObject.name': nameOf(pod) } });
  const said = inIncident(events, now).find(({ message }) => cutOff.test(message ?? ''))?.message;
  return said === undefined ? undefined : { pod, said: said.slice(0, 300) };
};

type Reader = PolicyReader & ObjectReader<'daemonsets'>;
interface Failed {
  readonly pod: KubeObject<'pods'>;
  readonly said: string;
}

const firstPort = ({ spec }: KubeObject<'pods'>) =>
  spec?.containers.flatMap(({ ports }) => ports ?? [])[0]?.containerPort ?? 1;

/** What the policies of the Pod would say of its own node, were it anybody. */
const judgeNode = async (kube: Reader, { pod, said }: Failed, engine: Partial<PolicyEngine>) => {
  const to = { kind: 'pod', namespace: pod.metadata?.namespace ?? '', name: nameOf(pod) } as const;
  const knock = { to, port: firstPort(pod), protocol: 'TCP' } as const;
  const node = pod.spec?.nodeName ?? '';
  const [object, documents] = await Promise.all([
    ifReadable(kube.get('nodes', { name: node })),
    policyDocuments(kube, { from: to, ...knock }, engine.name),
  ]);
  // As a bare address, since what is known to be the node of a Pod is always let in.
  const from = { kind: 'ip', address: internalAddress(object) ?? '192.0.2.1' } as const;
  const understood = understand(documents);
  const judged = policySide(understood, { from, ...knock }, 'ingress');
  return {
    failed: { pod: `${to.namespace}/${to.name}`, node, said },
    policies: selectionsOf(understood, { from: to, ...knock })?.incoming ?? [],
    stopsNode: judged?.answer === 'denied',
  };
};

export default defineStep({
  stage: 'policy',
  level: 'observe',
  cost: 0,
  reads: [...policyReads, 'events'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    ready: 'pass',
    'not-policed': 'pass',
    'cut-off': 'fail',
    'probes-say-otherwise': 'unsure',
    'no-pods': 'unsure',
  },

  async collect({ kube, clock }, flow): Promise<Evidence> {
    const now = clock.now();
    const { pods } = await podsBehind(kube, flow.to);
    const unready = pods.filter((pod) => podState(pod, now).state === 'not-ready');
    const counts = { pods: pods.length, unready: unready.length };
    const events = await Promise.all(unready.slice(0, 3).map((pod) => eventOf(kube, pod, now)));
    const found = events.find((one) => one !== undefined);
    if (!found) return { ...counts, nobody: false, policies: [], stopsNode: false };
    const engine = (await ifReadable(policyEngine(kube, flow, now))) ?? { nobody: false };
    return { ...counts, nobody: engine.nobody, ...(await judgeNode(kube, found, engine)) };
  },

  interpret({ nobody, pods, unready, failed, policies, stopsNode }) {
    if (pods === 0) return { outcome: 'no-pods' };
    if (unready === 0) return { outcome: 'ready', facts: facts({ pods }) };
    if (!failed) return { outcome: 'probes-say-otherwise', facts: facts({ unready }) };
    const found = facts({ 'unready-pod': failed.pod, node: failed.node, said: failed.said, policies });
    return { outcome: stopsNode && !nobody ? 'cut-off' : 'not-policed', facts: found };
  },
});
