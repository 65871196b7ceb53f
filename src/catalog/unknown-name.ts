import { nearNames } from '../domain/near-names.js';

/**
 * `There is no step "service-exist". Near: service-exists.`, or nothing where the name is known.
 * `lead` is the sentence up to the name.
 */
export const unknownName = (
  lead: string,
  name: string,
  known: Readonly<Record<string, unknown>>,
): string | undefined => {
  if (Object.hasOwn(known, name)) return undefined;
  const near = nearNames(name, Object.keys(known), 3);
  return `${lead} "${name}".${near.length > 0 ? ` Near: ${near.join(', ')}.` : ''}`;
};
