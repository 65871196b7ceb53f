import { z } from 'zod';

/** Something that became otherwise, as the API remembers it: of each object only the last time. */
export const changeSchema = z.strictObject({
  /** RFC 3339. */
  at: z.string(),
  what: z.string(),
  how: z.enum(['created', 'changed', 'restarted', 'ready', 'not-ready', 'leaving']),
  /** Who did it, as far as that is told: the name a client gives itself. */
  by: z.string(),
});
export type Change = z.infer<typeof changeSchema>;

interface Named {
  readonly metadata?:
    | {
        readonly name?: string;
        readonly namespace?: string;
        readonly creationTimestamp?: string;
        readonly deletionTimestamp?: string;
        readonly managedFields?: readonly { readonly manager?: string; readonly time?: string }[];
      }
    | undefined;
}

export const placeOf = (kind: string, { metadata }: Named): string =>
  `${kind} ${metadata?.namespace ? `${metadata.namespace}/` : ''}${metadata?.name ?? ''}`;

// An object is written a second time right after it was made, by whoever fills in its defaults.
const settlingMs = 5_000;

type Metadata = NonNullable<Named['metadata']>;

/** The last time that it was written, where that was not when it was made. */
const laterChange = ({ creationTimestamp = '', managedFields }: Metadata) => {
  const [last] = managedFields ?? [];
  const at = last?.time;
  return at !== undefined && Date.parse(at) - Date.parse(creationTimestamp) > settlingMs
    ? { at, by: last?.manager ?? '' }
    : undefined;
};

/** When an object was made, and when what it asks for was changed last. */
export const changesOf = (kind: string, object: Named): Change[] => {
  const metadata = object.metadata ?? {};
  const { creationTimestamp: created, deletionTimestamp: leaving, managedFields } = metadata;
  const later = laterChange(metadata);
  const change = (how: Change['how'], at: string | undefined, by: string): Change[] =>
    at === undefined ? [] : [{ at, what: placeOf(kind, object), how, by }];
  return [
    ...change('created', created, later ? '' : (managedFields?.[0]?.manager ?? '')),
    ...change('changed', later?.at, later?.by ?? ''),
    ...change('leaving', leaving, ''),
  ];
};
