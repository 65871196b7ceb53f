/** The API never sends an object without a name; the generated types allow for it. */
export const nameOf = ({ metadata }: { readonly metadata?: { readonly name?: string } }): string =>
  metadata?.name ?? '';

/** `NAMESPACE/NAME`. */
export const placedName = (object: {
  readonly metadata?: { readonly namespace?: string; readonly name?: string };
}): string => `${object.metadata?.namespace ?? ''}/${nameOf(object)}`;
