import { z } from 'zod';
import { cannotLookCodeSchema, missingRightSchema } from './cannot-look.js';
import { stageSchema } from './stage.js';

export const resultSchema = z.enum(['pass', 'fail', 'warn', 'unsure', 'skip', 'error']);
export type Result = z.infer<typeof resultSchema>;

export const factsSchema = z.record(z.string(), z.json());
export type Facts = z.infer<typeof factsSchema>;

/** Facts of different names have different types; as facts of one step they have the same. */
export const facts = (named: Facts): Facts => named;

/** Why a check has no answer of its own. */
export const reasonSchema = z.strictObject({
  code: z.union([cannotLookCodeSchema, z.enum(['not-granted', 'flow-unfit', 'operator', 'bug'])]),
  detail: z.string(),
  missing: missingRightSchema.optional(),
});
export type Reason = z.infer<typeof reasonSchema>;

/**
 * What one run of one check found: a word, its facts and where the proof lies. No prose.
 * Without an answer (`skip`, `error`) the outcome is the code of the reason.
 */
export const findingSchema = z.strictObject({
  check: z.string(),
  node: z.string(),
  run: z.int().min(1),
  stage: stageSchema,
  outcome: z.string(),
  result: resultSchema,
  facts: factsSchema,
  reason: reasonSchema.optional(),
  evidence: z.array(z.string()),
  durationMs: z.number(),
  /** It was tried from a Pod made like the source: what works there may still not work in the source itself. */
  lookAlike: z.literal(true).optional(),
  by: z.enum(['auto', 'operator']),
});
export type Finding = z.infer<typeof findingSchema>;

/** True when the finding says something about the cluster. */
export const looked = (finding: Pick<Finding, 'result'>) => finding.result !== 'error' && finding.result !== 'skip';
