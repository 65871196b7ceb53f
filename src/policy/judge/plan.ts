import { isDoubt, type Match } from '../model/match.js';
import type { Party } from '../model/party.js';
import type { Direction, Model, Policy, Rule, Tier } from '../model/policy.js';

/** One rule of a policy that selects the subject. */
export interface Step {
  readonly policy: Policy;
  readonly rule: Rule;
  /** Whether the policy speaks of this subject, and the rule as well: yes, or doubtful. */
  readonly applies: Match;
}

/** Policies of which nobody can say which comes first. */
export interface Tied {
  readonly tied: readonly (readonly Step[])[];
}

/** The rules of one tier for one subject and direction, in the order in which they are asked. */
export interface Stage {
  readonly tier: Tier;
  readonly steps: readonly (Step | Tied)[];
  /** The policies that make the end of the tier deny. */
  readonly isolating: readonly { readonly policy: Policy; readonly applies: Match }[];
}

export type Plan = readonly Stage[];

export const isTied = (step: Step | Tied): step is Tied => 'tied' in step;

interface Chosen {
  readonly policy: Policy;
  readonly applies: Match;
}

const stepsOf = ({ policy, applies }: Chosen, subject: Party, direction: Direction): Step[] =>
  (policy[direction]?.rules ?? []).flatMap((rule): Step[] => {
    const own = rule.own?.(subject) ?? true;
    if (own === false) return [];
    return [{ policy, rule, applies: isDoubt(applies) ? applies : own }];
  });

const compare = (one: Policy, other: Policy) => one.order - other.order || (one.tie < other.tie ? -1 : 1);

const inOrder = (
  chosen: readonly Chosen[],
  { undefinedTies = false }: Tier,
  steps: (one: Chosen) => Step[],
): (Step | Tied)[] => {
  const sorted = [...chosen].sort((one, other) => compare(one.policy, other.policy));
  if (!undefinedTies) return sorted.flatMap(steps);
  const groups = [...Map.groupBy(sorted, ({ policy }) => policy.order).values()];
  return groups.flatMap((group): (Step | Tied)[] =>
    group.length > 1 ? [{ tied: group.map(steps) }] : group.flatMap(steps),
  );
};

/** What all policies together say about one direction of one subject's traffic. */
export const planOf = ({ tiers, policies }: Model, subject: Party, direction: Direction): Plan => {
  const chosen = policies.flatMap((policy): Chosen[] => {
    if (!policy[direction]) return [];
    const applies = policy.subject(subject);
    return applies === false ? [] : [{ policy, applies }];
  });
  const byTier = Map.groupBy(chosen, ({ policy }) => policy.tier);
  return tiers.flatMap((tier): Stage[] => {
    const here = byTier.get(tier.name);
    if (!here) return [];
    return [
      {
        tier,
        steps: inOrder(here, tier, (one) => stepsOf(one, subject, direction)),
        isolating: here.filter(({ policy }) => policy[direction]?.isolates),
      },
    ];
  });
};
