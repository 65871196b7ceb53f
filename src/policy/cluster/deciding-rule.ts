import { z } from 'zod';
import type { JsonObject } from '../../domain/json.js';
import type { Document } from '../inventory/document.js';
import type { Deciding } from '../judge/decide.js';
import type { Place } from '../read/place.js';
import { selectingField } from '../read/selecting-field.js';

/** What decides as it is written, and the way to it. */
export const decidingRuleSchema = z.strictObject({
  policy: z.string(),
  manifest: z.record(z.string(), z.json()),
  path: z.array(z.union([z.string(), z.int()])),
});
type DecidingRule = z.infer<typeof decidingRuleSchema>;

// More than that nobody reads, and it would be kept with every session.
const longest = 16_000;

/** What a person has to see of an object: neither its state nor who changed it. */
export const essence = (object: JsonObject): JsonObject => {
  const { namespace, name } = (object.metadata ?? {}) as { namespace?: string; name?: string };
  const metadata = { ...(namespace !== undefined && { namespace }), ...(name !== undefined && { name }) };
  return { apiVersion: object.apiVersion ?? '', kind: object.kind ?? '', metadata, spec: object.spec ?? {} };
};

export const documentAt = (documents: readonly Document[], { source, document }: Place): JsonObject | undefined =>
  documents.find((one) => one.source === source && one.document === document)?.value as JsonObject | undefined;

/** Where to look: at the rule, or where none decides at whom the policy selects. */
export const decidingPlace = (documents: readonly Document[], { policy, rule }: Deciding): Place =>
  rule?.place ?? {
    ...policy.place,
    path: selectingField(documentAt(documents, policy.place), policy.place.path),
  };

/** For one of `documents` that holds a single object, as those of a cluster do. */
export const decidingRule = (
  documents: readonly Document[],
  deciding: Deciding | undefined,
): DecidingRule | undefined => {
  const object = deciding && documentAt(documents, deciding.policy.place);
  if (!object || JSON.stringify(object.spec ?? null).length > longest) return undefined;
  const { kind, namespace, name } = deciding.policy;
  return {
    policy: `${kind} ${namespace ? `${namespace}/${name}` : name}`,
    manifest: essence(object),
    path: [...decidingPlace(documents, deciding).path],
  };
};
