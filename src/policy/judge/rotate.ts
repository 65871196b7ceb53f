import { isTied, type Plan, type Stage, type Step } from './plan.js';

/** Where in a plan one stands. */
export interface Position {
  readonly stage: number;
  readonly step: number;
}

const replaced = (stage: Stage, at: number, steps: readonly Step[]): Stage => ({
  ...stage,
  steps: [...stage.steps.slice(0, at), ...steps, ...stage.steps.slice(at + 1)],
});

/**
 * The plans that tied policies may turn out to be: each of them first once. Which comes later matters to no traffic
 * that the first one decides, and what it leaves is first for another. Policies of which no rule speaks of this
 * traffic are left out, so there is one plan where only one does.
 */
export const rotations = (plan: Plan, { stage, step }: Position, speaks: (step: Step) => boolean): Plan[] => {
  const here = plan[stage];
  const item = here?.steps[step];
  const tied = item && isTied(item) ? item.tied : [];
  const speaking = tied.map((steps) => steps.filter(speaks)).filter((steps) => steps.length > 0);
  const actions = new Set(speaking.flat().map(({ rule }) => rule.action));
  const firsts = actions.size < 2 ? [0] : speaking.map((_, index) => index);
  return firsts.map((first) => {
    const order = [...speaking.slice(first), ...speaking.slice(0, first)].flat();
    return plan.map((one, index) => (index === stage && here ? replaced(here, step, order) : one));
  });
};
