import { z } from 'zod';
import type { Pair } from '../flow/evaluate.js';
import { foreign as foreignTo } from '../judge/judge.js';
import type { Loaded } from '../load.js';
import type { Direction, PolicyName } from '../model/policy.js';
import type { JudgedFlow } from './documents.js';
import { pairsIn, type Understood } from './understand.js';

/** The policies that speak of the ends of a flow, in the direction in which each end takes part. */
export const selectionSchema = z.strictObject({
  /** How many policies there are where the ends are. */
  all: z.int(),
  outgoing: z.array(z.string()),
  incoming: z.array(z.string()),
  /** Policies in a language that is not understood here. */
  foreign: z.array(z.string()),
});
export type Selection = z.infer<typeof selectionSchema>;

const most = 10;
const nameOf = ({ namespace, name }: PolicyName) => (namespace ? `${namespace}/${name}` : name);
const names = (policies: readonly PolicyName[]) => [...new Set(policies.map(nameOf))].slice(0, most);

const selecting = ({ model }: Loaded, pairs: readonly Pair[], direction: Direction) =>
  model.policies.filter(
    (policy) =>
      policy[direction] &&
      pairs.some(({ connection: { from, to } }) => policy.subject(direction === 'egress' ? from : to) !== false),
  );

/** `undefined` where the flow leads to nothing that could be judged. */
export const selectionsOf = (understood: Understood, flow: JudgedFlow): Selection | undefined => {
  const pairs = pairsIn(understood, flow);
  if (pairs.length === 0) return undefined;
  const { model } = understood;
  const ends = pairs.flatMap(({ connection }) => [connection.from, connection.to]);
  return {
    all: model.policies.length + model.unjudged.length,
    outgoing: names(selecting(understood, pairs, 'egress')),
    incoming: names(selecting(understood, pairs, 'ingress')),
    foreign: names(ends.flatMap((end) => foreignTo(model, end))),
  };
};
