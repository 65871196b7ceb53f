import { type Match, type Reason, reason } from '../model/match.js';
import { isOnHost, type Party } from '../model/party.js';
import type { Direction, Model, Rule, Unjudged } from '../model/policy.js';
import { unique } from '../model/unique.js';
import type { PortSet, protocols } from '../ports/port-set.js';
import { contains } from '../ports/spans.js';
import { type Deciding, type Decision, decisionsFrom } from './decide.js';
import { planOf } from './plan.js';

export type Answer = 'allowed' | 'denied' | 'unknown';

/** What is asked about: from whom to whom, and the port that the receiver is spoken to. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly protocol: (typeof protocols)[number];
  readonly port: number;
}

/** What one side says of a connection. */
export interface Judgement {
  readonly answer: Answer;
  /** The rules that decide; policies without a rule deny by isolating. Where the answer is open: all that may. */
  readonly by: readonly Deciding[];
  /** Why the answer is open. */
  readonly doubts: readonly Reason[];
  /** What to bear in mind although there is an answer. */
  readonly remarks: readonly Reason[];
}

const freely = (code: string, end: Party): Judgement => ({
  answer: 'allowed',
  by: [],
  doubts: [],
  remarks: [reason(code, { end: end.name })],
});

export const isSelf = (from: Party, to: Party): boolean =>
  from.kind === 'pod' && to.kind === 'pod' && from.name === to.name;

/** Traffic between a Pod and its own node is never policy's business: the kubelet has to reach its Pods. */
const isOwnNode = (from: Party, to: Party) =>
  isOnHost(from) !== isOnHost(to) && from.node !== '' && from.node === to.node;

/** What no policy can forbid. */
export const exemption = (from: Party, to: Party): 'self' | 'own-node' | undefined => {
  if (isSelf(from, to)) return 'self';
  return isOwnNode(from, to) ? 'own-node' : undefined;
};

/** Nobody has said which node a Pod runs on, or which node the other end is: it may be its own. */
export const mayBeOwnNode = (from: Party, to: Party) =>
  isOnHost(from) !== isOnHost(to) &&
  [from, to].every(({ kind }) => kind !== 'outside') &&
  (from.node === '' || to.node === '');

const matchOf =
  (peer: Party, { to, protocol, port }: Connection) =>
  (rule: Rule): Match => {
    const ports: PortSet = rule.ports(to);
    return contains(ports[protocol], port) && rule.peer(peer);
  };

const keyOf = ({ code, facts }: Reason) => `${code} ${JSON.stringify(facts)}`;
const placeOf = ({ policy, rule }: Deciding) =>
  JSON.stringify([policy.kind, policy.namespace, policy.name, rule?.name]);

const together = (decisions: readonly Decision[], peer: Party): Judgement => {
  const verdicts = new Set(decisions.map(({ verdict }) => verdict));
  const by = unique(
    decisions.flatMap((decision) => decision.by),
    placeOf,
  );
  const doubts = unique(
    decisions.flatMap((decision) => decision.doubts),
    keyOf,
  );
  const remarks = unique(
    by.flatMap(({ rule }) => rule?.remarks?.(peer) ?? []),
    keyOf,
  );
  if (verdicts.size > 1) return { answer: 'unknown', by, doubts, remarks };
  return { answer: verdicts.has('deny') ? 'denied' : 'allowed', by, doubts: [], remarks };
};

export const foreign = ({ unjudged }: Model, subject: Party): readonly Unjudged[] =>
  subject.kind === 'outside' ? [] : unjudged.filter(({ touches }) => touches(subject));

/** Policies select no Pod in the network of its node, as most plugins have it; the documentation leaves it open. */
const hostRemarks = (subject: Party): readonly Reason[] =>
  subject.kind !== 'node' && subject.hostNetwork ? [reason('host-network', { end: subject.name })] : [];

/** Why a denial may not hold. */
const objections = ({ unenforced }: Model, { from, to }: Connection): Reason[] => [
  ...(unenforced ? [unenforced] : []),
  ...(mayBeOwnNode(from, to) ? [reason('node-unknown', { end: (from.node === '' ? from : to).name })] : []),
];

/** What the policies of one end say: `egress` those of the source, `ingress` those of the destination. */
export const judge = (model: Model, direction: Direction, connection: Connection): Judgement => {
  const { from, to } = connection;
  const [subject, peer] = direction === 'egress' ? [from, to] : [to, from];
  const exempt = exemption(from, to);
  if (exempt) return freely(exempt, subject);
  const question = { plan: planOf(model, subject, direction), matches: matchOf(peer, connection) };
  const found = together(decisionsFrom(question, { stage: 0, step: 0 }), peer);
  const open = [
    ...foreign(model, subject).map(({ why }) => why),
    ...(found.answer === 'denied' ? objections(model, connection) : []),
  ];
  const remarks = [...hostRemarks(subject), ...found.remarks];
  if (open.length === 0) return { ...found, remarks };
  return { ...found, answer: 'unknown', doubts: [...found.doubts, ...open], remarks };
};
