import { z } from 'zod';
import { endSchema } from './flow.js';
import { phraseSchema } from './text.js';

const endKinds = endSchema.options.map((option) => option.shape.kind.value);
const kindList = z.array(z.enum(endKinds)).min(1);

/** Where an outcome leads: a node by name, a conclusion, or another runbook. */
const targetSchema = z.union([
  z.string(),
  z.strictObject({ cause: z.string() }),
  z.strictObject({ healthy: z.null() }),
  z.strictObject({ inconclusive: z.null() }),
  z.strictObject({ runbook: z.string(), flow: z.enum(['same', 'to-endpoint', 'swapped']).default('same') }),
]);
export type Target = z.infer<typeof targetSchema>;

const routes = {
  on: z.record(z.string(), targetSchema),
  /** Takes error, skip and unanswered: a walk never stops because something could not be looked at. */
  otherwise: targetSchema,
  /** Rows of the strategy's entry points that this node stands for. */
  covers: z.array(z.string()).optional(),
};

const stepNodeSchema = z.strictObject({
  step: z.string(),
  fresh: z.boolean().optional(),
  /** Nodes whose steps start while this one is waited for: the walk mostly comes to them, and neither disturbs the other. */
  meanwhile: z.array(z.string()).min(1).optional(),
  ...routes,
});
const askNodeSchema = z.strictObject({
  ask: phraseSchema,
  /** What the operator can answer, by the word that `on` routes. */
  answers: z.record(z.string(), phraseSchema),
  ...routes,
});
export type StepNode = z.infer<typeof stepNodeSchema>;
export type AskNode = z.infer<typeof askNodeSchema>;
export type RunbookNode = StepNode | AskNode;

/** `runbooks/<symptom>.yaml` */
export const runbookSchema = z.strictObject({
  title: phraseSchema,
  /** What an operator would say, shown beside the title. */
  hint: phraseSchema,
  /** What it is for comes first in a list: of several that fit, the first choice for an end is taken. */
  flow: z.strictObject({ from: kindList, to: kindList }),
  /** Two ends alone never lead to it: the operator says this symptom, or another runbook hands over to it. */
  onlyByName: z.boolean().default(false),
  start: z.string(),
  nodes: z.record(z.string(), z.union([stepNodeSchema, askNodeSchema])),
});
export type Runbook = z.infer<typeof runbookSchema>;

export const isStepNode = (node: RunbookNode): node is StepNode => 'step' in node;

/** How the tree itself ended, before anything is weighed. */
export const conclusionSchema = z.union([
  z.strictObject({ cause: z.string() }),
  z.strictObject({ healthy: z.null() }),
  z.strictObject({ inconclusive: z.null() }),
]);
export type Conclusion = z.infer<typeof conclusionSchema>;
