import { CannotLook } from '../../../domain/cannot-look.js';
import type { AccessRight } from '../../../domain/pod-access.js';
import type { Rules } from '../../../domain/ports.js';
import { isAllowed, writeRight } from '../../../domain/rights.js';

/** The own rights in a namespace. */
export type RulesOf = (namespace: string) => Promise<Rules>;

/** Throws `CannotLook` where a right for this way is missing. A list that may be incomplete denies nothing. */
export const requireRights = async (
  wanted: readonly AccessRight[],
  namespace: string,
  rulesOf: RulesOf,
): Promise<void> => {
  const rules = await rulesOf(namespace);
  const rights = wanted.map((right) => ({ ...right, group: '', namespace }));
  const missing = rights.find((right) => isAllowed(right, rules) === 'no');
  if (!missing) return;
  throw new CannotLook('forbidden', `It takes a right that is missing: ${writeRight(missing)}.`, missing);
};
