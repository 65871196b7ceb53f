import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import type { Flow } from '../../domain/flow.js';
import type { KubeObject } from '../../domain/kinds.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { podIps } from '../../domain/pod-state.js';
import { holds } from '../../domain/ranges.js';
import { anyEnd, defineStep } from '../../domain/step.js';

type Reader = ObjectReader<'pods' | 'nodes'>;

const addressOfNode = async (kube: Reader, name: string | undefined): Promise<string[]> => {
  const address = name ? internalAddress(await kube.get('nodes', { name })) : undefined;
  return address ? [address] : [];
};

/** Addresses that a node may see the client come with; none where nobody knows. */
const addressesOf = async (kube: Reader, from: Flow['from']): Promise<string[]> => {
  if (from.kind === 'ip' || from.kind === 'outside') return from.address === undefined ? [] : [from.address];
  if (from.kind === 'node') return await addressOfNode(kube, from.name);
  if (from.kind !== 'pod') return [];
  const pod = await kube.get('pods', { namespace: from.namespace, name: from.name });
  // A Pod keeps its address on the way to its own node, and may get that of its node on the way to another.
  const [own] = pod ? podIps(pod) : [];
  return [...(own ? [own] : []), ...(await addressOfNode(kube, pod?.spec?.nodeName))];
};

const annotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** The field outranks the annotation from before it; both count for load balancers alone. */
const rangesOf = (service: KubeObject<'services'> | undefined): string[] => {
  const { type, loadBalancerSourceRanges: listed = [] } = service?.spec ?? {};
  if (type !== 'LoadBalancer') return [];
  if (listed.length > 0) return listed;
  const old = service?.metadata?.annotations?.[annotation] ?? '';
  return old.split(',').flatMap((range) => range.trim() || []);
};

const evidenceSchema = z.object({
  known: z.boolean(),
  ranges: z.array(z.string()),
  clients: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

const judge = ({ known, ranges, clients }: Evidence) => {
  if (!known) return 'no-service';
  if (ranges.length === 0) return 'open-to-all';
  if (clients.length === 0) return 'client-unknown';
  const admitted = clients.filter((client) => ranges.some((range) => holds(range, client)));
  if (admitted.length === 0) return 'not-admitted';
  return admitted.length < clients.length ? 'partly-admitted' : 'admitted';
};

export default defineStep({
  stage: 'exposure',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    'open-to-all': 'pass',
    admitted: 'pass',
    'partly-admitted': 'unsure',
    'not-admitted': 'fail',
    'client-unknown': 'unsure',
    'no-service': 'unsure',
  },

  async collect({ kube }, { from, to }): Promise<Evidence> {
    const service = await kube.get('services', { namespace: to.namespace, name: to.name });
    const ranges = rangesOf(service);
    const clients = ranges.length > 0 ? await addressesOf(kube, from) : [];
    return { known: service !== undefined, ranges, clients };
  },

  interpret(evidence, { to }) {
    const { ranges, clients } = evidence;
    const facts = { owner: `${to.namespace}/${to.name}`, ranges: capped(ranges), clients };
    return { outcome: judge(evidence), facts };
  },
});
