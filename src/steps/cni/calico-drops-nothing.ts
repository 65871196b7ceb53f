import { z } from 'zod';
import { globalPolicyKinds, listOf, policyKinds } from '../../domain/calico-objects.js';
import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import { nameOf } from '../../domain/name-of.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { pluginNodes } from '../../domain/plugin-nodes.js';
import { defineStep } from '../../domain/step.js';
import type { CalicoDrop } from '../../parse/plugins/calico-rules.js';
import { calicoAround, calicoAroundSchema, calicoQueries } from '../../queries/probes/calico-around.js';
import { endsOf, podPairSchema, probed } from '../../queries/probes/flow-probe.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const policiesSchema = z.object({
  /** NetworkPolicies of Kubernetes in the two namespaces; absent where they could not be read. */
  kubernetes: z.int().optional(),
  calico: z.array(z.string()).optional(),
});

const evidenceSchema = z.object({
  here: z.boolean(),
  pair: podPairSchema.optional(),
  around: calicoAroundSchema.optional(),
  policies: policiesSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;
type Found = CalicoDrop & { readonly node: string; readonly chains: readonly string[] };

const tunnelRule = /Drop (?:IPIP|(?:IPv[46] )?VXLAN) packets from non-/;
const unknownDevice = /Unknown interface/;
const endOfTier = /no policies passed packet/;

type Kube = ObjectReader<'networkpolicies' | (typeof policyKinds)[number] | (typeof globalPolicyKinds)[number]>;

const all = <T>(lists: readonly (readonly T[] | undefined)[]): T[] | undefined =>
  lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);

/** What may not be read may well be there: then nothing is said of it. */
const policiesIn = async (kube: Kube, namespaces: readonly string[]): Promise<z.infer<typeof policiesSchema>> => {
  const places = [...new Set(namespaces)];
  const [ofKubernetes, ofCalico, ofAll] = await Promise.all([
    Promise.all(places.map((namespace) => ifReadable(kube.list('networkpolicies', { namespace })))),
    Promise.all(places.map((namespace) => ifReadable(listOf(kube, policyKinds, { namespace })))),
    ifReadable(listOf(kube, globalPolicyKinds)),
  ]);
  const kubernetes = all(ofKubernetes)?.length;
  const calico = all([ofAll, ...ofCalico])
    ?.map(nameOf)
    .slice(0, 20);
  return { ...(kubernetes === undefined ? {} : { kubernetes }), ...(calico ? { calico } : {}) };
};

/** As what a rule of Felix dropped: what its chain and its comment stand for in felix/rules of Calico. */
const roleOf = ({ chain, comment, chains }: Found) => {
  if (tunnelRule.test(comment)) return 'tunnel';
  if (unknownDevice.test(comment)) return 'unknown-device';
  if (endOfTier.test(comment) && chains.includes(chain)) return 'policy';
  // Rules of one policy, which its own chain holds: a packet of this flow may have been among those it denied.
  if (/^cali-p[io]-/.test(chain)) return 'one-policy';
  return /^cali-(?:th|fh|thfw|fhfw|from-h|to-h)/.test(chain) ? 'host-endpoint' : 'other';
};

const dropsOf = ({ around, pair }: Evidence): Found[] =>
  (around?.seen ?? [])
    .flatMap(({ node, chains, drops }) => drops.map((drop) => ({ ...drop, node, chains })))
    // Fewer than failed, and they were packets of somebody else.
    .filter(({ rise }) => rise >= (pair?.connect.failed ?? 0));

/** Rules of both kinds of policies look the same. Only where Kubernetes has none at all, it was one of Calico's. */
const byPolicy = ({ policies }: Evidence, { chain }: Found) => {
  if (policies?.kubernetes === 0 && (policies.calico?.length ?? 0) > 0) return 'by-calico-policy';
  return chain.startsWith('cali-tw-') ? 'policy-at-destination' : 'policy-at-source';
};

const outcomeOf = (evidence: Evidence, found: Found) => {
  const role = roleOf(found);
  if (role === 'tunnel') return 'foreign-tunnel';
  if (role === 'unknown-device') return 'unknown-device';
  if (role === 'policy') return byPolicy(evidence, found);
  if (role === 'host-endpoint') return 'by-host-endpoint';
  return role === 'one-policy' ? 'policies-dropped' : 'dropped-otherwise';
};

const order = ['tunnel', 'unknown-device', 'policy', 'host-endpoint', 'one-policy', 'other'] as const;

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes', 'networkpolicies', ...policyKinds, ...globalPolicyKinds],
  runs: [...calicoQueries, tcpConnect],
  from: ['pod'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    passes: 'pass',
    'nothing-dropped': 'pass',
    'by-calico-policy': 'fail',
    'policy-at-destination': 'fail',
    'policy-at-source': 'fail',
    'by-host-endpoint': 'fail',
    'foreign-tunnel': 'fail',
    'unknown-device': 'fail',
    'policies-dropped': 'warn',
    'dropped-otherwise': 'warn',
    'no-rules': 'unsure',
    'partly-seen': 'unsure',
    'not-tried': 'unsure',
    'not-calico': 'unsure',
  },

  async collect({ kube, node, pod }, flow): Promise<Evidence> {
    const nodes = await pluginNodes(kube, flow, 'calico');
    if (!nodes) return { here: false };
    const ends = await endsOf(kube, flow);
    if (!ends) return { here: true };
    const { start, end } = ends;
    const places = nodes
      .map((place) => ({ ...place, ends: [start, end].filter((one) => one.node === place.node) }))
      .filter((place) => place.ends.length > 0);
    const { probed: pair, around } = await calicoAround({ node, places }, () => probed(pod, flow.from, ends));
    if (around.seen.length === 0) throw new CannotLook('lost', around.unseen[0]?.why ?? '');
    if (pair.connect.failed < pair.connect.of) return { here: true, pair, around };
    return { here: true, pair, around, policies: await policiesIn(kube, [start.namespace, end.namespace]) };
  },

  interpret(evidence) {
    const { here, pair, around, policies } = evidence;
    if (!here) return { outcome: 'not-calico' };
    if (!pair || !around) return { outcome: 'not-tried' };
    const { failed, of } = pair.connect;
    const nodes = around.seen.map(({ node }) => node);
    const facts = { nodes, address: pair.address, 'target-port': pair.port, failed, of };
    if (failed < of) return { outcome: 'passes', facts };
    const ranked = dropsOf(evidence).toSorted((a, b) => order.indexOf(roleOf(a)) - order.indexOf(roleOf(b)));
    const [found] = ranked;
    if (found) {
      const { node, chain, comment, rise } = found;
      const more = { node, chain, comment, counted: rise, policies: policies?.calico ?? [] };
      return { outcome: outcomeOf(evidence, found), facts: { ...facts, ...more } };
    }
    if (around.unseen[0]) return { outcome: 'partly-seen', facts: { ...facts, unseen: around.unseen[0].node } };
    if (around.seen.every(({ any }) => !any)) return { outcome: 'no-rules', facts };
    return { outcome: 'nothing-dropped', facts };
  },
});
