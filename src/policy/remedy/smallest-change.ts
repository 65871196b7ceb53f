import type { JsonObject } from '../../domain/json.js';
import { judgePair, type Pair } from '../flow/evaluate.js';
import { extended, type Loaded } from '../load.js';
import { type Direction, directions } from '../model/policy.js';
import { clusterPolicyFor, networkPolicyFor } from './propose.js';

const changeFor = (direction: Direction, { connection, ...sides }: Pair, loaded: Loaded): JsonObject | undefined => {
  const wanted = { direction, connection };
  const [deciding] = sides[direction].by;
  // What denies before everything else leaves no room for a policy that comes first.
  if (!deciding || deciding.policy.order === Number.NEGATIVE_INFINITY) return undefined;
  const propose = deciding.rule ? clusterPolicyFor : networkPolicyFor;
  return propose(wanted, deciding.policy, loaded);
};

const documentsOf = (manifests: readonly JsonObject[]) =>
  manifests.map((value, document) => ({ source: 'proposal', document, value }));

/**
 * The manifests that would allow a denied connection and as little besides as labels permit: one for each side that
 * denies. None where the proposal, put into force, would not allow it.
 */
export const smallestChange = (pair: Pair, loaded: Loaded): readonly JsonObject[] => {
  const denying = directions.filter((direction) => pair[direction].answer === 'denied');
  const manifests = denying.map((direction) => changeFor(direction, pair, loaded)).filter((one) => one !== undefined);
  if (denying.length === 0 || manifests.length < denying.length) return [];
  const after = judgePair(extended(loaded, documentsOf(manifests)), pair.connection);
  return after.answer === 'allowed' ? manifests : [];
};
