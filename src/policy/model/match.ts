import { unique } from './unique.js';

/** Why something cannot be said for sure, or what to bear in mind: a word, and the names that belong to it. */
export interface Reason {
  readonly code: string;
  readonly facts: Readonly<Record<string, string>>;
}

export const reason = (code: string, facts: Reason['facts'] = {}): Reason => ({ code, facts });

export const uniqueReasons = (reasons: readonly Reason[]): Reason[] =>
  unique(reasons, ({ code, facts }) => `${code} ${JSON.stringify(facts)}`);

export interface Doubt {
  readonly reasons: readonly Reason[];
}

/** Yes, no, or why neither can be said. */
export type Match = boolean | Doubt;

export const doubt = (code: string, facts: Reason['facts'] = {}): Doubt => ({ reasons: [reason(code, facts)] });

export const isDoubt = (match: Match): match is Doubt => typeof match === 'object';

const joined = (one: Doubt, other: Doubt): Doubt =>
  one === other ? one : { reasons: [...one.reasons, ...other.reasons] };

export const both = (one: Match, other: Match): Match => {
  if (one === false || other === false) return false;
  if (one === true) return other;
  return other === true ? one : joined(one, other);
};

export const not = (match: Match): Match => (isDoubt(match) ? match : !match);

export const either = (one: Match, other: Match): Match => not(both(not(one), not(other)));

export const some = <T>(items: readonly T[], test: (item: T) => Match): Match => {
  let found: Match = false;
  for (const item of items) {
    found = either(found, test(item));
    if (found === true) return true;
  }
  return found;
};

export const every = <T>(items: readonly T[], test: (item: T) => Match): Match => {
  let found: Match = true;
  for (const item of items) {
    found = both(found, test(item));
    if (found === false) return false;
  }
  return found;
};
