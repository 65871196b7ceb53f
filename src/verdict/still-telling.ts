import type { Judged } from './rank.js';
import type { Seen } from './seen.js';

/**
 * Whether a candidate is worth naming. A hint is one only as long as something asks for an explanation: not where
 * the flow answers, and where certain causes account for every symptom, being left standing by one says nothing.
 */
export const stillTelling = (all: readonly Judged[], { symptoms, answered }: Seen) => {
  const certain = all.filter(({ certainty }) => certainty === 'certain').flatMap(({ argument }) => argument.explains);
  const accounted = symptoms.length > 0 && symptoms.every(({ name }) => certain.includes(name));
  return ({ argument: { decisive, strong, weak } }: Judged) => {
    if (decisive.length + strong.length > 0) return true;
    return !answered && (weak.length > 0 || !accounted);
  };
};
