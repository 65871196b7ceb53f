import { z } from 'zod';
import { hopSchema } from './sharing.js';
import { stageSchema } from './stage.js';
import { type Language, phraseSchema } from './text.js';

/** One step that answered with one outcome. */
export interface Pair {
  readonly step: string;
  readonly outcome: string;
}

/**
 * A list of observations. An item with one key, `{step: outcome}`, is one outcome; an item with several keys
 * holds only where all of them were seen.
 */
const observationsSchema = z
  .array(z.record(z.string(), z.string()))
  .default([])
  .transform((items) => items.map((item) => Object.entries(item).map(([step, outcome]): Pair => ({ step, outcome }))));
/** Pairs that hold together. */
export type Observation = z.infer<typeof observationsSchema>[number];

/** A line for a shell; or, where no line does it, a sentence that says what a person does. */
const deedSchema = z.union([z.string().min(1), phraseSchema]);
export type Deed = z.infer<typeof deedSchema>;

/** What stands there for whoever reads this language; a line is the same in all of them. */
export const deedIn = (deed: Deed, language: Language) => (typeof deed === 'string' ? deed : deed[language]);

const remedySchema = z.strictObject({
  title: phraseSchema,
  /** How far it reaches: 0 none; 1 one object, reversible; 2 a component or one node, brief; 3 node-wide loss; 4 maintenance window. */
  severity: z.int().min(0).max(4),
  /** What to look at before, which changes nothing. */
  precheck: deedSchema,
  /** Keeps the old value where the rollback or whoever repairs the repair finds it. Every line that is undone by a line has one. */
  capture: z.string().min(1).optional(),
  command: deedSchema,
  effect: phraseSchema,
  rollback: deedSchema,
  /** Checks to repeat afterwards; one of them at least can tell that the cause is gone. */
  verify: z.array(z.string()).min(1),
});
export type Remedy = z.infer<typeof remedySchema>;

/** The parts of a remedy that are lines, or sentences in their place. */
export const deeds = ['precheck', 'command', 'rollback'] as const satisfies readonly (keyof Remedy)[];

/** `causes/<ID>.yaml` */
export const causeSchema = z.strictObject({
  title: phraseSchema,
  stage: stageSchema,
  /** The cause as a fact about this flow; placeholders come from the flow or from a proving finding. */
  statement: phraseSchema,
  /** The thing that is at fault, for example `Service {namespace}/{service}`. */
  subject: z.string(),
  /** Where it stops the flow, which says who else comes past. */
  hop: hopSchema,
  /** Decisive: shows the mechanism acting on this flow. */
  proves: observationsSchema,
  supports: z.strictObject({ strong: observationsSchema, weak: observationsSchema }).prefault({}),
  refutes: observationsSchema,
  /** Rows of `elimination.yaml` that this cause can produce. */
  explains: z.array(z.string()).default([]),
  /**
   * What it is mistaken for, and the step that separates the two. A sentence instead, where one can be why the other
   * holds: then there is nothing to separate, and they are no rivals.
   */
  confusable: z.record(z.string(), z.union([z.string().min(1), phraseSchema])).default({}),
  /** Rank among equals, 1 most common. Only breaks ties. */
  prior: z.int().min(1).max(9).default(5),
  remedies: z.array(remedySchema).default([]),
  source: z.array(z.string()).default([]),
});
export type Cause = z.infer<typeof causeSchema>;
export type Causes = Readonly<Record<string, Cause>>;

const rowSchema = z.strictObject({
  title: phraseSchema,
  /** All of these outcomes together are the observation. A list means any one of them. */
  when: z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])),
  /** Causes that remain, most likely first. */
  keeps: z.array(z.string()),
  /** True where the observation is a failure that a verdict has to explain. */
  symptom: z.boolean(),
  /** True where the observation is the whole flow, tried and answered every time. */
  healthy: z.boolean().default(false),
  /** True where the flow answers as no sound network does: beside it nothing is healthy. */
  doubtful: z.boolean().optional(),
});
export type EliminationRow = z.infer<typeof rowSchema>;

/** `causes/elimination.yaml`: contrast results and what they leave standing. */
export const eliminationSchema = z.record(z.string(), rowSchema);
export type Elimination = z.infer<typeof eliminationSchema>;
