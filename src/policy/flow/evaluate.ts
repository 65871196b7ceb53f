import type { Port, Protocol } from '../../domain/flow.js';
import { destinationsAt } from '../ends/destinations.js';
import { sourcesAt } from '../ends/sources.js';
import type { PolicyEnd } from '../ends/written-end.js';
import type { Deciding } from '../judge/decide.js';
import { type Answer, type Connection, type Judgement, judge } from '../judge/judge.js';
import type { Loaded } from '../load.js';
import { type Reason, reason, uniqueReasons } from '../model/match.js';
import { directions } from '../model/policy.js';
import { unique } from '../model/unique.js';
import { pairsOf } from './pairs.js';

export interface Question {
  readonly from: PolicyEnd;
  readonly to: PolicyEnd;
  readonly protocol: Protocol;
  /** Absent where the destination names it, or has only one. */
  readonly port: Port | undefined;
}

/** One connection that the flow may be, and what both ends say of it. */
export interface Pair {
  readonly connection: Connection;
  readonly egress: Judgement;
  readonly ingress: Judgement;
  readonly answer: Answer;
}

export interface FlowAnswer {
  readonly answer: Answer;
  readonly egress: Judgement;
  readonly ingress: Judgement;
  /** Why there is no answer. */
  readonly doubts: readonly Reason[];
  readonly remarks: readonly Reason[];
  readonly pairs: readonly Pair[];
}

const bothSides = (egress: Answer, ingress: Answer): Answer => {
  if (egress === 'denied' || ingress === 'denied') return 'denied';
  return egress === 'allowed' && ingress === 'allowed' ? 'allowed' : 'unknown';
};

const uniqueDeciding = (by: readonly Deciding[]) =>
  unique(by, ({ policy, rule }) => JSON.stringify([policy.kind, policy.namespace, policy.name, rule?.name]));

const agreed = (answers: readonly Answer[]): Answer => {
  const [first = 'unknown'] = answers;
  return answers.every((answer) => answer === first) ? first : 'unknown';
};

/** What one side says of all connections at once. */
const sideOf = (judgements: readonly Judgement[]): Judgement => ({
  answer: agreed(judgements.map(({ answer }) => answer)),
  by: uniqueDeciding(judgements.flatMap(({ by }) => by)),
  doubts: uniqueReasons(judgements.flatMap(({ doubts }) => doubts)),
  remarks: uniqueReasons(judgements.flatMap(({ remarks }) => remarks)),
});

const wordsFor = ({ connection: { from, to } }: Pair) => `${from.name} -> ${to.name}`;

/** Where connections differ, one of each sort says how. */
const differing = (pairs: readonly Pair[]): Reason[] => {
  const [allowed, denied] = (['allowed', 'denied'] as const).map((answer) =>
    pairs.find((pair) => pair.answer === answer),
  );
  return allowed && denied ? [reason('differs', { allowed: wordsFor(allowed), denied: wordsFor(denied) })] : [];
};

/** A node that nobody could read stands at one of the ends. */
const unreadNodes = ({ inventory }: Loaded, pairs: readonly Pair[]): Reason[] => {
  const hasNode = pairs.some(({ connection: { from, to } }) => from.kind === 'node' || to.kind === 'node');
  return inventory.nodesUnread && hasNode ? [reason('nodes-unread')] : [];
};

export const judgePair = ({ model }: Pick<Loaded, 'model'>, connection: Connection): Pair => {
  const [egress, ingress] = directions.map((direction) => judge(model, direction, connection)) as [
    Judgement,
    Judgement,
  ];
  return { connection, egress, ingress, answer: bothSides(egress.answer, ingress.answer) };
};

/** Whether a flow is allowed, and what decides. Throws `NoSuchEnd` where an end is not there. */
export const evaluate = (loaded: Loaded, { from, to, protocol, port }: Question): FlowAnswer => {
  const sources = sourcesAt(from, loaded);
  const behind = 'port' in to ? to.port : undefined;
  const targets = destinationsAt(to, { port: port ?? behind, protocol }, loaded);
  const { connections, remarks } = pairsOf(sources, targets, { protocol, inventory: loaded.inventory });
  const pairs = connections.map((connection) => judgePair(loaded, connection));
  const open = [...sources.doubts, ...targets.doubts];
  const families = pairs.length === 0 && open.length === 0 ? [reason('no-common-family')] : [];
  const [egress, ingress] = directions.map((direction) => sideOf(pairs.map((pair) => pair[direction]))) as [
    Judgement,
    Judgement,
  ];
  const answer = open.length > 0 ? 'unknown' : agreed(pairs.map((pair) => pair.answer));
  const unread = unreadNodes(loaded, pairs);
  const unsure = pairs.filter((pair) => pair.answer === 'unknown');
  const doubts = unsure.flatMap((pair) => [...pair.egress.doubts, ...pair.ingress.doubts]);
  return {
    answer,
    egress,
    ingress,
    doubts:
      answer === 'unknown' ? uniqueReasons([...open, ...unread, ...families, ...doubts, ...differing(pairs)]) : [],
    remarks: uniqueReasons([
      ...remarks,
      ...(answer === 'unknown' ? [] : unread),
      ...egress.remarks,
      ...ingress.remarks,
    ]),
    pairs,
  };
};
