import type { Catalog } from '../catalog/catalog.js';
import { nearNames } from '../domain/near-names.js';
import { UsageProblem } from './io.js';

/** The checks that record for as long as they are told. */
export const recordingChecks = ({ steps }: Pick<Catalog, 'steps'>): string[] =>
  Object.keys(steps).filter((id) => steps[id]?.step.perSecond !== undefined);

/** A yes to a check that does not exist would be one to nothing. Throws `UsageProblem`. */
export const requireConsent = (consent: readonly string[], { steps }: Pick<Catalog, 'steps'>) => {
  const needing = Object.keys(steps).filter((id) => steps[id]?.step.cost === 3);
  const unknown = consent.find((id) => !needing.includes(id));
  if (unknown === undefined) return;
  const near = nearNames(unknown, needing);
  throw new UsageProblem(
    `--consent: no check "${unknown}" asks for consent. ${near.length > 0 ? `Near: ${near.join(', ')}.` : `These do: ${needing.join(', ')}.`}`,
  );
};
