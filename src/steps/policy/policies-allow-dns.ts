import { z } from 'zod';
import type { EndOf } from '../../domain/flow.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { hasNodeCaches, nodeCacheAddress } from '../../domain/node-caches.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { type EngineReader, policyReads } from '../../policy/cluster/documents.js';
import { policiesInForce } from '../../policy/cluster/in-force.js';
import { understand } from '../../policy/cluster/understand.js';
import { type PolicySide, policySide, policySideSchema } from '../../policy/cluster/view.js';

const evidenceSchema = z.strictObject({
  engine: z.string().optional(),
  nobody: z.boolean(),
  /** The source asks no server of the cluster. */
  elsewhere: z.boolean(),
  out: policySideSchema.optional(),
  byTcp: policySideSchema.optional(),
  into: policySideSchema.optional(),
  /** The cache on the node of the source, where there is one: an address, which no selector of Pods means. */
  nodeLocal: policySideSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;

const isElsewhere = (spec: KubeObject<'pods'>['spec']) => {
  const { dnsPolicy = 'ClusterFirst', hostNetwork = false } = spec ?? {};
  return dnsPolicy === 'Default' || dnsPolicy === 'None' || (hostNetwork && dnsPolicy === 'ClusterFirst');
};

const isDenied = (side: PolicySide | undefined) => side?.answer === 'denied';

const denying = ({ out, byTcp, into, nodeLocal }: Evidence) => {
  if (isDenied(out)) return { outcome: 'denied', side: out } as const;
  if (isDenied(into)) return { outcome: 'server-shut', side: into } as const;
  if (isDenied(byTcp)) return { outcome: 'tcp-denied', side: byTcp } as const;
  return isDenied(nodeLocal) ? ({ outcome: 'node-local-denied', side: nodeLocal } as const) : undefined;
};

const factsOf = (side: PolicySide, engine = '') => ({
  server: side.to,
  policies: side.by.map(({ policy, rule }) => (rule ? `${policy} ${rule}` : policy)),
  doubts: side.doubts,
  change: side.change,
  engine,
  ...(side.rule && { 'deciding-rule': side.rule }),
});

interface Lookup {
  readonly from: EndOf<'pod'>;
  readonly to: EndOf<'service'>;
  /** Whether a cache answers on the node. */
  readonly cached: boolean;
  readonly now: number;
}

const judgeLookup = async (kube: EngineReader, { from, to, cached, now }: Lookup) => {
  const lookup = { from, to, protocol: 'UDP', port: 53 } as const;
  const { found, engine } = await policiesInForce(kube, lookup, now);
  const understood = understand(found);
  const cache = { ...lookup, to: { kind: 'ip', address: nodeCacheAddress } } as const;
  const sides = {
    out: policySide(understood, lookup, 'egress'),
    into: policySide(understood, lookup, 'ingress'),
    byTcp: policySide(understood, { ...lookup, protocol: 'TCP' }, 'egress'),
    nodeLocal: cached ? policySide(understood, cache, 'egress') : undefined,
  };
  const seen = Object.fromEntries(Object.entries(sides).filter(([, side]) => side !== undefined));
  return { ...(engine?.name && { engine: engine.name }), nobody: engine?.nobody ?? false, ...seen };
};

export default defineStep({
  stage: 'policy',
  level: 'observe',
  cost: 0,
  reads: policyReads,
  runs: [],
  from: ['pod'],
  to: anyEnd,
  evidence: evidenceSchema,
  outcomes: {
    open: 'pass',
    allowed: 'pass',
    denied: 'fail',
    'server-shut': 'fail',
    'tcp-denied': 'warn',
    'node-local-denied': 'warn',
    'denied-if-enforced': 'warn',
    'denied-by-nobody': 'pass',
    'cannot-be-known': 'unsure',
    'own-resolver': 'unsure',
    'no-cluster-dns': 'unsure',
  },

  async collect({ kube, clock }, { from }): Promise<Evidence> {
    const [pod, servers, cached] = await Promise.all([
      kube.get('pods', { namespace: from.namespace, name: from.name }),
      kube.list('services', { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }),
      hasNodeCaches(kube),
    ]);
    const elsewhere = isElsewhere(pod?.spec);
    const [server] = servers;
    if (elsewhere || !server) return { nobody: false, elsewhere };
    const to: EndOf<'service'> = { kind: 'service', namespace: 'kube-system', name: nameOf(server) };
    return { elsewhere, ...(await judgeLookup(kube, { from, to, cached: cached ?? false, now: clock.now() })) };
  },

  interpret(evidence) {
    const { engine, nobody, elsewhere, out, into } = evidence;
    if (elsewhere) return { outcome: 'own-resolver' };
    if (!out) return { outcome: 'no-cluster-dns' };
    const found = denying(evidence);
    if (found?.side) {
      const facts = factsOf(found.side, engine);
      if (nobody) return { outcome: 'denied-by-nobody', facts };
      return { outcome: engine === undefined ? 'denied-if-enforced' : found.outcome, facts };
    }
    const unknown = [out, into].find((side) => side?.answer === 'unknown');
    if (unknown) return { outcome: 'cannot-be-known', facts: factsOf(unknown, engine) };
    return { outcome: out.by.length > 0 ? 'allowed' : 'open', facts: factsOf(out, engine) };
  },
});
