import { z } from 'zod';
import { reasonSchema } from './finding.js';
import { sharingSchema } from './sharing.js';
import { stageSchema } from './stage.js';
import { phraseSchema } from './text.js';

export const certaintySchema = z.enum(['certain', 'confirmed', 'probable', 'possible']);
export type Certainty = z.infer<typeof certaintySchema>;

/** Where a piece of evidence stands in the argument: decisive, strong, weak, refuting. */
const weightSchema = z.enum(['decisive', 'strong', 'weak', 'refuting']);
const grounds = z.strictObject({ check: z.string(), node: z.string(), outcome: z.string(), weight: weightSchema });
export type Ground = z.infer<typeof grounds>;

export const candidateSchema = z.strictObject({
  id: z.string(),
  certainty: certaintySchema,
  subject: z.string(),
  statement: phraseSchema,
  evidence: z.array(z.string()),
  grounds: z.array(grounds),
  /** Rows of the elimination table that this cause can and cannot produce. */
  explains: z.array(z.string()),
  unexplained: z.array(z.string()),
  /** Why it is not more certain, as words that have a text. */
  capped: z.array(z.enum(['not-reproduced', 'unexplained-contrast', 'rival', 'separator-not-checked', 'only-weak'])),
});
export type Candidate = z.infer<typeof candidateSchema>;

export const ruledOutSchema = z.strictObject({ id: z.string(), by: z.string() });
export const notCheckedSchema = z.strictObject({
  /** A check, or `stage:<id>` for a whole station of the backbone. */
  check: z.string(),
  stage: stageSchema,
  reason: z.union([
    reasonSchema,
    z.strictObject({ code: z.enum(['not-built', 'not-reached', 'look-alike']), detail: z.string() }),
  ]),
});
export type NotChecked = z.infer<typeof notCheckedSchema>;

export const verdictSchema = z.strictObject({
  result: z.enum(['fault', 'healthy', 'inconclusive']),
  /** Ranked, best first. */
  causes: z.array(candidateSchema),
  ruledOut: z.array(ruledOutSchema),
  notChecked: z.array(notCheckedSchema),
  /** Symptom rows that the best cause does not explain. */
  unexplained: z.array(z.string()),
  /** Who else comes past the hop at which the best cause stops the flow. Only of a fault, and of a hop that is known. */
  sharing: sharingSchema.optional(),
  /** How the tree ended, kept beside what was weighed: when they disagree, both are shown. */
  tree: z.union([z.strictObject({ cause: z.string() }), z.enum(['healthy', 'inconclusive', 'stopped'])]),
  /** The single check that would change most, when there is one. */
  next: z.string().optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;
