import { isDoubt, type Match, type Reason, reason } from '../model/match.js';
import type { Policy, Rule } from '../model/policy.js';
import { isTied, type Plan, type Stage, type Step } from './plan.js';
import { type Position, rotations } from './rotate.js';

export interface Deciding {
  readonly policy: Policy;
  /** Absent where the policy decides by selecting and not allowing. */
  readonly rule?: Rule;
}

export interface Decision {
  readonly verdict: 'allow' | 'deny';
  /** Empty where nobody objects. */
  readonly by: readonly Deciding[];
  /** Why it is not the only possible one. */
  readonly doubts: readonly Reason[];
}

export interface Question {
  readonly plan: Plan;
  /** Whether the rule speaks of the other end and the port. */
  readonly matches: (rule: Rule) => Match;
}

const doubting = (decisions: readonly Decision[], reasons: readonly Reason[]): Decision[] =>
  decisions.map((decision) => ({ ...decision, doubts: [...reasons, ...decision.doubts] }));

const taken = (question: Question, step: Step, stage: number): Decision[] => {
  const { action } = step.rule;
  if (action === 'pass') return decisionsFrom(question, { stage: stage + 1, step: 0 });
  return [{ verdict: action === 'allow' ? 'allow' : 'deny', by: [step], doubts: [] }];
};

const endOf = (question: Question, { isolating, tier }: Stage, stage: number): Decision[] => {
  const next = () => decisionsFrom(question, { stage: stage + 1, step: 0 });
  if (tier.end === 'pass' || isolating.length === 0) return next();
  const sure = isolating.filter(({ applies }) => applies === true);
  const denied: Decision = {
    verdict: 'deny',
    by: (sure.length > 0 ? sure : isolating).map(({ policy }) => ({ policy })),
    doubts: [],
  };
  if (sure.length > 0) return [denied];
  const [first] = isolating;
  const both = [denied, ...next()];
  return first && isDoubt(first.applies) ? doubting(both, first.applies.reasons) : both;
};

const matchOf = (question: Question, { applies, rule }: Step): Match => {
  const match = question.matches(rule);
  return match === true ? applies : match;
};

const tiedAt = (question: Question, at: Position): Decision[] => {
  const plans = rotations(question.plan, at, ({ rule }) => question.matches(rule) !== false);
  const found = plans.flatMap((plan) => decisionsFrom({ ...question, plan }, at));
  return plans.length > 1 ? doubting(found, [reason('equal-order')]) : found;
};

/** Every decision that the rest of the plan may come to: one where nothing is in doubt. */
export const decisionsFrom = (question: Question, { stage, step }: Position): Decision[] => {
  const here = question.plan[stage];
  if (!here) return [{ verdict: 'allow', by: [], doubts: [] }];
  const possible: Decision[] = [];
  const doubts: Reason[] = [];
  const settled = (rest: readonly Decision[]) =>
    possible.length > 0 ? doubting([...possible, ...rest], doubts) : [...rest];
  for (let index = step; index < here.steps.length; index += 1) {
    const item = here.steps[index];
    if (!item) break;
    if (isTied(item)) return settled(tiedAt(question, { stage, step: index }));
    const match = matchOf(question, item);
    if (match === false || item.rule.action === 'log') continue;
    const found = taken(question, item, stage);
    if (!isDoubt(match)) return settled(found);
    possible.push(...found);
    doubts.push(...match.reasons);
  }
  return settled(endOf(question, here, stage));
};
