import { isDoubt, type Match } from '../model/match.js';
import type { Action, Rule } from '../model/policy.js';
import { intersectPorts, isEmpty, noPorts, type PortSet, unitePorts, withoutPorts } from '../ports/port-set.js';
import { isTied, type Plan, type Stage, type Step } from './plan.js';
import { type Position, rotations } from './rotate.js';

/** The ports that are allowed for sure, and those that may be. The second holds the first. */
export interface Reach {
  readonly sure: PortSet;
  readonly maybe: PortSet;
}

/** What the rules of a plan say of one other end. */
export interface Asked {
  readonly plan: Plan;
  readonly matches: (rule: Rule) => Match;
  readonly ports: (rule: Rule) => PortSet;
}

const nothing: Reach = { sure: noPorts, maybe: noPorts };
const all = (ports: PortSet): Reach => ({ sure: ports, maybe: ports });

/** One of both is true, and nobody knows which. */
const eitherOf = (one: Reach, other: Reach): Reach => ({
  sure: intersectPorts(one.sure, other.sure),
  maybe: unitePorts(one.maybe, other.maybe),
});

/** What is settled so far while the rules of a stage are asked one after the other. */
interface Tally extends Reach {
  /** Nobody has decided on these. */
  readonly left: PortSet;
  /** Part of `left` that something doubtful may have denied. */
  readonly unsure: PortSet;
}

const settle = (tally: Tally, { sure, maybe }: Reach, decided: PortSet): Tally => ({
  sure: unitePorts(tally.sure, withoutPorts(sure, tally.unsure)),
  maybe: unitePorts(tally.maybe, maybe),
  left: withoutPorts(tally.left, decided),
  unsure: tally.unsure,
});

/** What may have been decided stays open: it is sure only where the rest comes to the same. */
const leaveOpen = (tally: Tally, { sure, maybe }: Reach, hit: PortSet): Tally => ({
  ...tally,
  maybe: unitePorts(tally.maybe, maybe),
  unsure: unitePorts(tally.unsure, withoutPorts(hit, sure)),
});

const effects: Record<Exclude<Action, 'log'>, (asked: Asked, stage: number, hit: PortSet) => Reach> = {
  allow: (_, __, hit) => all(hit),
  deny: () => nothing,
  pass: (asked, stage, hit) => reachFrom(asked, { stage: stage + 1, step: 0 }, hit),
};

const ask = (asked: Asked, { step, stage }: { step: Step; stage: number }, tally: Tally): Tally => {
  const { action } = step.rule;
  const match = asked.matches(step.rule);
  if (match === false || action === 'log') return tally;
  const hit = intersectPorts(tally.left, asked.ports(step.rule));
  if (isEmpty(hit)) return tally;
  const effect = effects[action](asked, stage, hit);
  return isDoubt(match) || isDoubt(step.applies) ? leaveOpen(tally, effect, hit) : settle(tally, effect, hit);
};

const endOf = (asked: Asked, { isolating, tier }: Stage, { stage, left }: { stage: number; left: PortSet }): Reach => {
  const next = () => reachFrom(asked, { stage: stage + 1, step: 0 }, left);
  if (tier.end === 'pass' || isolating.length === 0) return next();
  return isolating.some(({ applies }) => applies === true) ? nothing : eitherOf(nothing, next());
};

const tiedAt = (asked: Asked, at: Position, left: PortSet): Reach =>
  rotations(asked.plan, at, ({ rule }) => asked.matches(rule) !== false)
    .map((plan) => reachFrom({ ...asked, plan }, at, left))
    .reduce(eitherOf);

/** Which of these ports get through the rest of the plan. */
export const reachFrom = (asked: Asked, { stage, step }: Position, ports: PortSet): Reach => {
  const here = asked.plan[stage];
  if (!here) return all(ports);
  let tally: Tally = { ...nothing, left: ports, unsure: noPorts };
  for (let index = step; index < here.steps.length && !isEmpty(tally.left); index += 1) {
    const item = here.steps[index];
    if (!item) break;
    if (isTied(item)) return settle(tally, tiedAt(asked, { stage, step: index }, tally.left), tally.left);
    tally = ask(asked, { step: item, stage }, tally);
  }
  return settle(tally, endOf(asked, here, { stage, left: tally.left }), tally.left);
};
