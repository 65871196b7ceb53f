import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { Flow } from '../../domain/flow.js';
import { nodesOfFlow } from '../../domain/flow-nodes.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { type Target, targetSchema, targetsOf } from '../../domain/targets.js';
import { connectOutcome } from '../../parse/connect.js';
import type { Filter } from '../../parse/rules/filters.js';
import { endQueries, startOfFlow } from '../../queries/probes/address-of-end.js';
import { aroundProbe, aroundQueries, aroundSchema } from '../../queries/probes/around-probe.js';
import { servingPods } from '../../queries/probes/serving-pods.js';
import { sourceOf } from '../../queries/probes/source-of.js';

const evidenceSchema = z.object({
  start: z.string(),
  target: targetSchema.optional(),
  around: aroundSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;
type Judged = Flow<'pod' | 'node', 'service' | 'pod'>;
type Found = Filter & { readonly node: string };

/** An endpoint on another node if possible; where none is listed, a Pod that should serve. */
const targetOf = async (
  kube: ObjectReader<'services' | 'endpointslices' | 'pods'>,
  flow: Judged,
  start: string,
): Promise<Target | undefined> => {
  if (flow.protocol !== 'TCP') return undefined;
  const { to } = flow;
  const { service, slices } =
    to.kind === 'service' ? await serviceAndEndpoints(kube, to) : { service: undefined, slices: [] };
  const listed = targetsOf(service, slices, flow);
  const found = listed.find(({ node }) => node !== start) ?? listed[0];
  if (found) return found;
  const [[serving], pods] = await Promise.all([servingPods(kube, flow), podsOfFlow(kube, flow)]);
  const pod = pods.find((one) => one.role === 'destination' && one.pod === serving?.pod);
  return serving && pod && { address: pod.address, port: serving.port, node: pod.node, pod: pod.pod };
};

const counted = ({ around }: Evidence): Found[] =>
  (around?.seen ?? [])
    .flatMap(({ node, filters }) => filters.map((filter) => ({ ...filter, node })))
    .filter(({ whose, rise = 0 }) => whose === 'policies' && rise > 0 && rise >= (around?.connect.failed ?? 0));

/** Of kube-router's rules each says whose they are: `POD name:cart-7 namespace: shop`. */
const names = ({ rule }: Found, pod: string) => pod !== '' && new RegExp(`name: ?${pod}[ "]`).test(rule);

const sideOf = (found: Found, { start, target }: Evidence, flow: Judged) => {
  if (names(found, target?.pod ?? '')) return 'dropped-at-destination';
  if (flow.from.kind === 'pod' && names(found, flow.from.name)) return 'dropped-at-source';
  if (!target || start === target.node) return 'dropped';
  return found.node === start ? 'dropped-at-source' : 'dropped-at-destination';
};

const outcomeOf = (evidence: Evidence, flow: Judged) => {
  const { around } = evidence;
  if (!around) return 'not-tried';
  if (around.connect.failed < around.connect.of) return 'passes';
  const [found] = counted(evidence);
  if (found) return sideOf(found, evidence, flow);
  return around.unseen.some(({ role }) => role !== 'peer') ? 'partly-seen' : 'nothing-dropped';
};

export default defineStep({
  stage: 'policy',
  level: 'node',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [...aroundQueries, ...endQueries],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    passes: 'pass',
    'nothing-dropped': 'pass',
    'dropped-at-source': 'fail',
    'dropped-at-destination': 'fail',
    dropped: 'fail',
    'partly-seen': 'unsure',
    'not-tried': 'unsure',
  },

  async collect({ kube, pod, node }, flow): Promise<Evidence> {
    const [start, nodes] = await Promise.all([startOfFlow({ kube, node }, flow.from), nodesOfFlow(kube, flow)]);
    const target = start && (await targetOf(kube, flow, start.node));
    if (!start || !target) return { start: start?.node ?? '' };
    const ends = nodes.filter((one) => one.node === start.node || one.node === target.node);
    const probe = { start, to: target, beyond: [] };
    const around = await aroundProbe({ pod: sourceOf({ pod, node }, flow.from), node }, ends, probe);
    if (around.seen.length === 0) throw new CannotLook('lost', around.unseen[0]?.why ?? '');
    return { start: start.node, target, around };
  },

  interpret(evidence, flow) {
    const { around, target } = evidence;
    if (!around || !target) return { outcome: 'not-tried' };
    const [found] = counted(evidence);
    const facts = {
      address: target.address,
      'target-port': target.port,
      nodes: around.seen.map(({ node }) => node),
      unseen: around.unseen.map(({ node }) => node),
      node: found?.node ?? '',
      rule: found?.rule ?? '',
      counted: found?.rise ?? 0,
      failed: around.connect.failed,
      of: around.connect.of,
      how: connectOutcome(around.connect),
    };
    return { outcome: outcomeOf(evidence, flow), facts };
  },
});
