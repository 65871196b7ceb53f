import { z } from 'zod';
import type { JsonObject } from '../../domain/json.js';
import type { Pair } from '../flow/evaluate.js';
import type { Document } from '../inventory/document.js';
import type { Deciding } from '../judge/decide.js';
import { uniqueReasons } from '../model/match.js';
import type { Direction } from '../model/policy.js';
import { type NearMiss, nearMiss } from '../near-miss/near-miss.js';
import { smallestChange } from '../remedy/smallest-change.js';
import { decidingRule, decidingRuleSchema } from './deciding-rule.js';
import type { EngineReader, JudgedFlow } from './documents.js';
import { policiesInForce } from './in-force.js';
import { pairsIn, type Understood, understand } from './understand.js';

const ruleSchema = z.strictObject({ kind: z.string(), policy: z.string(), rule: z.string() });

/** What the policies of one end say of the connections that a flow may be. */
export const policySideSchema = z.strictObject({
  answer: z.enum(['allowed', 'denied', 'unknown']),
  /** Rules that decide; policies without a rule deny by isolating. Empty where no policy speaks of the end. */
  by: z.array(ruleSchema),
  doubts: z.array(z.strictObject({ code: z.string(), facts: z.record(z.string(), z.string()) })),
  /** Of all connections, how many are denied, and one of them. */
  of: z.int(),
  denied: z.int(),
  from: z.string(),
  to: z.string(),
  protocol: z.string(),
  port: z.int(),
  /** The first of `by` as it is written, and the way to what decides in it. */
  rule: decidingRuleSchema.optional(),
  near: z
    .strictObject({
      slip: z.enum(['host-network', 'service-port', 'ports', 'both-selectors', 'labels']),
      policy: z.string(),
      rule: z.string(),
      wants: z.array(z.string()),
      has: z.array(z.string()),
    })
    .optional(),
  /** The manifest of a policy that would allow it, and little besides. */
  change: z.string(),
});
export type PolicySide = z.infer<typeof policySideSchema>;

export const policyViewSchema = z.strictObject({
  engine: z.string().optional(),
  nobody: z.boolean(),
  /** Absent where the flow leads to nothing that could be judged. */
  side: policySideSchema.optional(),
});
export type PolicyView = z.infer<typeof policyViewSchema>;

const most = 5;

const written = ({ policy: { kind, namespace, name }, rule }: Deciding) => ({
  kind,
  policy: namespace ? `${namespace}/${name}` : name,
  rule: rule?.name ?? '',
});

const nearOf = ({ slip, namespace, policy, rule, wants, has }: NearMiss): PolicySide['near'] => ({
  slip,
  policy: `${namespace}/${policy}`,
  rule,
  wants: wants.slice(0, most),
  has: has.slice(0, most),
});

/** One document that `kubectl apply` takes, also where each side needs a policy of its own. */
const asList = (manifests: readonly JsonObject[]): string => {
  if (manifests.length === 0) return '';
  const [only] = manifests;
  return JSON.stringify(manifests.length === 1 ? only : { apiVersion: 'v1', kind: 'List', items: manifests });
};

const servicePortOf = (documents: readonly Document[], { to, port, protocol }: JudgedFlow) => {
  if (to.kind !== 'service') return undefined;
  if (typeof port === 'number') return port;
  const service = documents.find(({ value }) => (value as { kind?: string }).kind === 'Service')?.value as
    | { spec?: { ports?: { name?: string; port: number; protocol?: string }[] } }
    | undefined;
  return service?.spec?.ports?.find(
    (one) => (one.protocol ?? 'TCP') === protocol && (port === undefined || one.name === port),
  )?.port;
};

const answerOf = (denied: number, open: number) => {
  if (denied > 0) return 'denied';
  return open > 0 ? 'unknown' : 'allowed';
};

const toldOf = ({ connection: { from, to, protocol, port }, ...sides }: Pair, direction: Direction) => ({
  by: sides[direction].by.slice(0, most).map(written),
  doubts: uniqueReasons(sides[direction].doubts).map(({ code, facts }) => ({ code, facts })),
  ...{ from: from.name, to: to.name, protocol, port },
});

interface Asked {
  readonly direction: Direction;
  readonly documents: readonly Document[];
}

/** Of all pairs, shown is one that is denied where there is any, else one that is open. */
const sideOf = (
  pairs: readonly [Pair, ...Pair[]],
  { direction, documents }: Asked,
): Omit<PolicySide, 'near' | 'change'> => {
  const those = (answer: PolicySide['answer']) => pairs.filter((pair) => pair[direction].answer === answer);
  const [denied, open] = [those('denied'), those('unknown')];
  const shown = denied[0] ?? open[0] ?? pairs[0];
  const rule = decidingRule(documents, shown[direction].by[0]);
  return {
    answer: answerOf(denied.length, open.length),
    ...toldOf(shown, direction),
    ...(rule && { rule }),
    of: pairs.length,
    denied: denied.length,
  };
};

const wayOut = (
  understood: Understood,
  flow: JudgedFlow,
  { denied, direction }: { denied: Pair; direction: Direction },
) => {
  const { documents } = understood;
  const { connection } = denied;
  const near = nearMiss({ direction, connection, servicePort: servicePortOf(documents, flow), documents });
  const change = asList(smallestChange({ ...denied, answer: 'denied' }, understood));
  return { ...(near && { near: nearOf(near) }), change };
};

/** What one end says; `undefined` where the flow leads to nothing that could be judged. */
export const policySide = (understood: Understood, flow: JudgedFlow, direction: Direction): PolicySide | undefined => {
  const [first, ...others] = pairsIn(understood, flow);
  if (!first) return undefined;
  const denied = [first, ...others].find((pair) => pair[direction].answer === 'denied');
  const side = sideOf([first, ...others], { direction, documents: understood.documents });
  return { ...side, ...(denied ? wayOut(understood, flow, { denied, direction }) : { change: '' }) };
};

/** What the policies at one end of a flow say of it, and whether anybody puts them into effect. */
export const policyView = async (
  kube: EngineReader,
  flow: JudgedFlow,
  { direction, now }: { direction: Direction; now: number },
): Promise<PolicyView> => {
  const { found, engine } = await policiesInForce(kube, flow, now);
  const side = policySide(understand(found), flow, direction);
  return { ...(engine?.name && { engine: engine.name }), nobody: engine?.nobody ?? false, ...(side && { side }) };
};
