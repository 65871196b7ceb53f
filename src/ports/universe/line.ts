import { z } from 'zod';
import { cannotLookCodeSchema, missingRightSchema } from '../../domain/cannot-look.js';
import { levelSchema } from '../../domain/level.js';
import type { Call } from '../../domain/ports.js';

export const universeSchema = 'net-triage/universe/v1';

/** The first line of `index.ndjson`: what a replay has to know before the first call. */
export const universeHeaderSchema = z.strictObject({
  schema: z.literal(universeSchema),
  /** True where no real cluster gave the answers. It is said on screen and in every export. */
  synthetic: z.boolean(),
  startedAt: z.iso.datetime(),
  session: z.string().nullable(),
  level: levelSchema,
  tool: z.strictObject({ version: z.string() }),
  cluster: z.strictObject({
    context: z.string().nullable(),
    name: z.string().nullable(),
    version: z.string().nullable(),
    /** Where names without a namespace lay. */
    namespace: z.string().optional(),
  }),
});
export type UniverseHeader = z.infer<typeof universeHeaderSchema>;

const count = z.int().min(0);

/** One call and what came of it: `sha256` names the blob of the answer, `refused` is what could not be looked at. */
export const universeLineSchema = z
  .strictObject({
    port: z.enum(['kube', 'pod', 'node']),
    target: z.string(),
    call: z.record(z.string(), z.json()),
    /** 1 when this was asked for the first time, 2 for the second. */
    n: z.int().min(1),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    refused: z
      .strictObject({ code: cannotLookCodeSchema, message: z.string(), missing: missingRightSchema.optional() })
      .optional(),
    /** Milliseconds from the start of the recording to the answer. */
    atMs: z.number().min(0),
    durationMs: z.number().min(0),
    bytes: count,
    /** What the whole session had cost when the answer came. */
    spent: z.strictObject({ requests: count, bytes: count, commands: count }),
  })
  .refine((line) => (line.sha256 === undefined) !== (line.refused === undefined));
export type UniverseLine = z.infer<typeof universeLineSchema>;

/** A measurement of the session itself, so that a replay tells the same times. */
export const markLineSchema = z.strictObject({ port: z.literal('clock'), mark: z.string(), value: z.number() });
export type MarkLine = z.infer<typeof markLineSchema>;

/** For whoever reads the index with their own eyes. */
export const targetOf = (call: Call) => {
  if (call.port === 'node') return call.node;
  if ('pod' in call) return `${call.pod.namespace}/${call.pod.name}`;
  if ('question' in call) return call.question;
  const kind = 'kind' in call ? call.kind : call.verb;
  const parts = [kind, 'namespace' in call && call.namespace, 'name' in call && call.name];
  return parts.filter(Boolean).join('/');
};
