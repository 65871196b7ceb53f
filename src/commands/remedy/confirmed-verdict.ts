import { type Verdict, verdictSchema } from '../../domain/verdict.js';

/**
 * The same verdict after a change of this cause has held. Only what was certain is confirmed by it: what helps for another
 * reason, as a Pod that is made anew does, makes no guess a fact.
 */
export const confirmedVerdict = (verdict: Verdict, id: string): Verdict => {
  const causes = verdict.causes.map((cause) =>
    cause.id === id && cause.certainty === 'certain'
      ? ({ ...cause, certainty: 'confirmed', capped: [] } as const)
      : cause,
  );
  const first = causes.filter((cause) => cause.id === id);
  // What the journal adds to an event when it is read is no part of it.
  const { seq: _, at: __, ...plain } = verdict as Verdict & { readonly seq?: number; readonly at?: string };
  return verdictSchema.parse({ ...plain, causes: [...first, ...causes.filter((cause) => cause.id !== id)] });
};
