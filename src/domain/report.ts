import { z } from 'zod';
import { deeds } from './cause.js';
import { factsSchema, resultSchema } from './finding.js';
import { sharingSchema } from './sharing.js';
import { stageSchema } from './stage.js';
import { certaintySchema, ruledOutSchema } from './verdict.js';

/** The document of `-o json`, one per run, valid also when the run fails. Stable for scripts. */
export const reportSchema = z.strictObject({
  apiVersion: z.literal('net-triage/v1'),
  kind: z.literal('Report'),
  session: z.strictObject({
    id: z.string(),
    mode: z.enum(['live', 'replay', 'practice']),
    startedAt: z.string(),
    endedAt: z.string(),
    tool: z.strictObject({ version: z.string() }),
    runbook: z.strictObject({ id: z.string(), sha256: z.string() }).nullable(),
    flow: z
      .strictObject({
        from: z.string(),
        to: z.string(),
        protocol: z.string(),
        port: z.union([z.int(), z.string()]).nullable(),
      })
      .nullable(),
    context: z.string().nullable(),
    level: z.string(),
  }),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      stage: stageSchema,
      outcome: z.string(),
      result: resultSchema,
      facts: factsSchema,
      evidence: z.array(z.string()),
      durationMs: z.number(),
      by: z.enum(['auto', 'operator']),
    }),
  ),
  verdict: z.strictObject({
    result: z.enum(['fault', 'healthy', 'inconclusive']),
    causes: z.array(
      z.strictObject({
        id: z.string(),
        certainty: certaintySchema,
        subject: z.string(),
        statement: z.string(),
        evidence: z.array(z.string()),
        remedies: z.array(
          z.strictObject({
            title: z.string(),
            severity: z.int(),
            precheck: z.string(),
            /** The line that keeps the old value; null where nothing has to be kept. */
            capture: z.string().nullable(),
            command: z.string(),
            effect: z.string(),
            rollback: z.string(),
            verify: z.array(z.string()),
            /** Which of these are sentences for a person and no lines for a shell. */
            inWords: z.array(z.enum(deeds)),
          }),
        ),
      }),
    ),
    ruledOut: z.array(ruledOutSchema),
    notChecked: z.array(z.strictObject({ check: z.string(), reason: z.string() })),
    unexplained: z.array(z.string()),
    /** Who else comes past the hop at which the best cause stops the flow; absent where nobody knows that. */
    sharing: sharingSchema.optional(),
  }),
  /** What was changed through the session, in order; absent where nothing was proposed. */
  changes: z
    .array(
      z.strictObject({
        target: z.string(),
        cause: z.string(),
        title: z.string(),
        command: z.string(),
        state: z.enum(['proposed', 'declined', 'refused', 'applied', 'unknown']),
        diff: z.array(z.string()),
        /** The line that puts the old value back; null where a controller makes the object anew. */
        undo: z.string().nullable(),
        verified: z.enum(['held', 'not-held', 'worse', 'stopped']).nullable(),
        undone: z.boolean(),
      }),
    )
    .optional(),
  cost: z.strictObject({ requests: z.int(), bytes: z.int(), durationMs: z.int(), commands: z.int() }),
  /** Present when the run ended early: what happened, in one sentence. */
  error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
});
export type Report = z.infer<typeof reportSchema>;
