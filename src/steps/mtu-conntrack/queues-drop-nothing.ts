import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { podsBehind } from '../../domain/service-pods.js';
import { sourcePod } from '../../domain/source-pod.js';
import { defineStep } from '../../domain/step.js';
import { type QueueWindow, queueQueries, queueWindow, queueWindowSchema } from '../../queries/probes/queue-window.js';
import { sourceOf } from '../../queries/probes/source-of.js';

const limitSchema = z.strictObject({ pod: z.string(), node: z.string(), limits: z.array(z.string()) });
const evidenceSchema = queueWindowSchema.extend({ limited: z.array(limitSchema) });
type Evidence = z.infer<typeof evidenceSchema>;
type Queue = QueueWindow['seen'][number]['queues'][number] & { readonly node: string };

// https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-traffic-shaping
const annotations = ['kubernetes.io/ingress-bandwidth', 'kubernetes.io/egress-bandwidth'];

// The end of a Pod's cable, and the device that the bandwidth plugin puts behind it: those of other Pods are not ours.
const isOfOnePod = ({ device }: Queue) => /^(veth|cali|lxc|gke|eni|ifb|bwp|azv)/.test(device);

const ofFlow = (queues: readonly Queue[], limited: Evidence['limited']) =>
  queues.filter((queue) => !isOfOnePod(queue) || limited.some(({ node }) => node === queue.node));

const told = (
  { node, device, kind, dropped, rate, waiting }: Queue,
  { connects, address, limited }: Evidence,
): Facts => ({
  ...{ node, device, kind, dropped, waiting, address },
  ...{
    failed: connects?.failed ?? 0,
    tries: connects?.of ?? 0,
    rate: rate === undefined ? '-' : `${rate / 1000} kbit/s`,
  },
  limits: limited.flatMap(({ pod, limits }) => limits.map((limit) => `${pod} ${limit}`)),
});

const unsaid = ({ node, why }: QueueWindow['unseen'][number]): Facts => ({ unseen: node, why });

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: queueQueries,
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: evidenceSchema,
  outcomes: { calm: 'pass', dropping: 'fail', 'dropping-unfelt': 'warn', shaped: 'warn', 'partly-seen': 'unsure' },

  async collect({ kube, pod, node }, flow) {
    const { from, to } = flow;
    const source = sourceOf({ pod, node }, from);
    const behind = to.kind === 'ip' ? [] : (await podsBehind(kube, to)).pods.slice(0, 3);
    const own = await sourcePod(kube, flow);
    const limited = [...(own ? [own] : []), ...behind].flatMap(({ metadata, spec }) => {
      const limits = annotations.flatMap((name) => {
        const said = metadata?.annotations?.[name];
        return said === undefined ? [] : [`${name.replace('kubernetes.io/', '')} ${said}`];
      });
      return limits.length > 0 ? [{ pod: metadata?.name ?? '', node: spec?.nodeName ?? '', limits }] : [];
    });
    return { ...(await queueWindow({ kube, source, node }, flow)), limited };
  },

  interpret(evidence) {
    const { seen, unseen, connects, limited } = evidence;
    const ends = seen.filter(({ role }) => role !== 'peer');
    const queues = ofFlow(
      ends.flatMap(({ node, queues: own }) => own.map((queue) => ({ ...queue, node }))),
      limited,
    );
    const [worst] = queues.toSorted((a, b) => b.dropped - a.dropped);
    if (worst && worst.dropped > 0) {
      const felt = (connects?.failed ?? 0) > 0;
      return { outcome: felt ? 'dropping' : 'dropping-unfelt', facts: told(worst, evidence) };
    }
    const slow = queues.find((queue) => queue.rate !== undefined && isOfOnePod(queue));
    if (slow) return { outcome: 'shaped', facts: told(slow, evidence) };
    const missing = unseen.find(({ role }) => role !== 'peer');
    if (missing) return { outcome: 'partly-seen', facts: unsaid(missing) };
    const nodes: Facts = { nodes: ends.map(({ node }) => node) };
    return { outcome: 'calm', facts: nodes };
  },
});
