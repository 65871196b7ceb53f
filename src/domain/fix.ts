import { z } from 'zod';
import { resultSchema } from './finding.js';
import type { JsonObject } from './json.js';
import { phraseSchema } from './text.js';

const jsonObjectSchema = z.record(z.string(), z.json()) as unknown as z.ZodType<JsonObject>;

/** One object of a cluster. `kind` is the plural of the API, as in `services`; nodes and namespaces have no namespace. */
export const changedObjectSchema = z.strictObject({
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});
export type ChangedObject = z.infer<typeof changedObjectSchema>;

/**
 * The way back. `patch` is a JSON merge patch of the touched fields and no others; `expected` is what they hold while
 * nobody else has changed them. Something that was made is deleted, as long as it is `expected`. `nothing`: a controller makes it anew.
 */
export const undoSchema = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('patch'),
    object: changedObjectSchema,
    patch: jsonObjectSchema,
    expected: jsonObjectSchema,
  }),
  z.strictObject({ do: z.literal('delete'), object: changedObjectSchema, expected: jsonObjectSchema }),
  z.strictObject({ do: z.literal('nothing'), object: changedObjectSchema }),
]);
export type Undo = z.infer<typeof undoSchema>;

/** Why a change was not made, as words that have a text. */
export const changeRefusals = [
  'forbidden',
  'webhook',
  'conflict',
  'invalid',
  'gone',
  'unreachable',
  'other',
  /** The old value holds something that is masked before it is written, so the way back could not be kept. */
  'masked',
  'no-effect',
  'no-pod',
  'several-pods',
  'no-controller',
  /** Somebody else has changed the same fields since. */
  'changed-since',
  /** None of the checks failed here before the change, so none could tell that it helped. */
  'cannot-verify',
  'works-already',
] as const;
const refusalSchema = z.enum(changeRefusals);
export type ChangeRefusal = z.infer<typeof refusalSchema>;

const seenSchema = z.strictObject({ outcome: z.string(), result: resultSchema });
const source = z.enum(['flag', 'prompt']);
/** `context/namespace/name`: what a person types or names by a flag. */
const target = z.string();

/** What happens to one fix, in this order. */
export const fixEvents = {
  'fix.proposed': z.strictObject({
    target,
    cause: z.string(),
    title: phraseSchema,
    command: z.string(),
    severity: z.int(),
    object: changedObjectSchema,
  }),
  'fix.previewed': z.strictObject({
    target,
    /** Lines of YAML that begin with a blank, `-` or `+`. */
    diff: z.array(z.string()),
    undo: undoSchema,
    resourceVersion: z.string().nullable(),
  }),
  'fix.confirmed': z.strictObject({ target, given: z.boolean(), source, typed: z.string().nullable() }),
  'fix.applied': z.strictObject({
    target,
    /** `unknown`: the answer was lost, and the object could not be read since. */
    state: z.enum(['applied', 'unknown']),
    resourceVersion: z.strictObject({ before: z.string().nullable(), after: z.string().nullable() }),
    undo: undoSchema,
  }),
  'fix.refused': z.strictObject({
    target,
    during: z.enum(['preview', 'change', 'undo']),
    code: refusalSchema,
    message: z.string(),
  }),
  'fix.verified': z.strictObject({
    target,
    /** `stopped`: nobody waited until it could be told. */
    outcome: z.enum(['held', 'not-held', 'worse', 'stopped']),
    /** Since when it has worked without a break, RFC 3339. */
    since: z.string().nullable(),
    seconds: z.int(),
    checks: z.array(z.strictObject({ check: z.string(), before: seenSchema, after: seenSchema })),
  }),
  'fix.undone': z.strictObject({ target, done: z.boolean(), source, resourceVersion: z.string().nullable() }),
} as const;
export type FixEventType = keyof typeof fixEvents;
export type FixEvent = { [T in FixEventType]: { type: T; data: z.infer<(typeof fixEvents)[T]> } }[FixEventType];
export type FixData<T extends FixEventType> = z.infer<(typeof fixEvents)[T]>;
