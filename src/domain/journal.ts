import { z } from 'zod';
import { findingSchema } from './finding.js';
import { fixEvents } from './fix.js';
import { flowSchema } from './flow.js';
import { levelSchema } from './level.js';
import { predictionSchema } from './prediction.js';
import { removalSchema, resourceSchema } from './resource.js';
import { conclusionSchema } from './runbook.js';
import { verdictSchema } from './verdict.js';

export const sessionHeaderSchema = z.strictObject({
  schema: z.literal('net-triage/journal/v1'),
  session_id: z.string(),
  mode: z.enum(['live', 'replay', 'practice']),
  tool: z.strictObject({ version: z.string() }),
  tree: z.strictObject({ id: z.string(), sha256: z.string() }),
  started_at: z.string(),
  tz: z.string(),
  utc_offset: z.string(),
  clock_skew_ms: z.number().nullable(),
  operator: z.strictObject({ os_user: z.string(), k8s_user: z.string().nullable(), as: z.string().nullable() }),
  target: z.strictObject({
    context: z.string().nullable(),
    cluster: z.string().nullable(),
    api_host: z.string().nullable(),
    k8s_version: z.string().nullable(),
    namespaces: z.array(z.string()),
    /** The operator marked this context as production. */
    marked: z.boolean(),
  }),
  access: z.strictObject({ level: levelSchema, allowed: z.array(z.string()), denied: z.array(z.string()) }),
  incident: z.strictObject({ id: z.string().nullable(), reason: z.string().nullable() }),
  /** What the operator asked for, and the pod a workload was resolved to. */
  flow: flowSchema,
  asked: flowSchema,
  redaction: z.strictObject({ profile: z.enum(['default', 'strict', 'none']), rules_sha256: z.string() }),
  locale: z.string(),
  argv: z.array(z.string()),
});
export type SessionHeader = z.infer<typeof sessionHeaderSchema>;

const branch = { from: z.string(), to: z.string() };

/** `type` and `data` of every event a session can hold. */
const payloads = {
  'session.started': sessionHeaderSchema,
  'intake.answered': z.strictObject({
    question: z.string(),
    answer: z.string(),
    source: z.enum(['flag', 'prompt', 'detected']),
  }),
  'check.started': z.strictObject({ node: z.string(), check: z.string(), run: z.int(), limitMs: z.int() }),
  'command.ran': z.strictObject({
    node: z.string(),
    run: z.int(),
    where: z.string(),
    argv: z.array(z.string()),
    exitCode: z.number().nullable(),
    durationMs: z.number(),
    bytes: z.int(),
  }),
  'check.finished': findingSchema,
  'decision.auto': z.strictObject({ ...branch, outcome: z.string() }),
  'decision.operator': z.strictObject({ node: z.string(), answer: z.string(), offered: z.array(z.string()) }),
  /** Raw outputs of nodes that the operator asked for, with the hash of the file they lie in. */
  'nodes.collected': z.strictObject({
    nodes: z.array(
      z.strictObject({
        node: z.string(),
        file: z.string(),
        sha256: z.string(),
        outputs: z.int(),
        unseen: z.array(z.string()),
      }),
    ),
  }),
  /** Whether a check may do what no level covers: capture packets, for example. */
  'consent.given': z.strictObject({
    node: z.string(),
    check: z.string(),
    given: z.boolean(),
    source: z.enum(['flag', 'prompt']),
  }),
  override: z.strictObject({ node: z.string(), found: z.string(), chosen: z.string(), reason: z.string().min(1) }),
  'check.skipped': z.strictObject({ node: z.string(), check: z.string() }),
  'check.rerun': z.strictObject({ node: z.string() }),
  'step.back': z.strictObject({ ...branch }),
  'note.added': z.strictObject({
    text: z.string(),
    happened_at: z.string().optional(),
    /** Dangerous repairs that the text names, as words that have a text. */
    dangers: z.array(z.string()).optional(),
  }),
  ...fixEvents,
  'resource.created': resourceSchema,
  'resource.removed': removalSchema,
  concluded: z.strictObject({ node: z.string(), conclusion: conclusionSchema }),
  verdict: verdictSchema,
  /** What the operator expected of a check before its result was shown. */
  'prediction.made': predictionSchema,
  'session.paused': z.strictObject({}),
  'session.resumed': z.strictObject({ machine: z.string(), version: z.string() }),
  'session.ended': z.strictObject({
    cause: z.enum(['verdict', 'stopped', 'deadline', 'interrupted', 'terminated', 'failed']),
    exitCode: z.int(),
    cost: z.strictObject({ requests: z.int(), bytes: z.int(), durationMs: z.int(), commands: z.int() }),
    error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  }),
} as const;

export type EventType = keyof typeof payloads;
export type EventData<T extends EventType> = z.infer<(typeof payloads)[T]>;
/** An event before the journal gives it a place in the chain. */
export type Happening = {
  [T in EventType]: { type: T; actor: 'tool' | 'operator' | 'system'; data: EventData<T> };
}[EventType];

/** One line of `session.ndjson`. `hash` covers the canonical JSON of the line without itself. */
export type JournalEvent = Happening & {
  readonly seq: number;
  readonly ts: string;
  readonly mono_ms: number;
  readonly prev: string;
  readonly hash: string;
};

const envelope = {
  seq: z.int().min(0),
  ts: z.string(),
  mono_ms: z.number(),
  actor: z.enum(['tool', 'operator', 'system']),
  prev: z.string(),
  hash: z.string(),
};
const lines = (Object.keys(payloads) as EventType[]).map((type) =>
  z.strictObject({ ...envelope, type: z.literal(type), data: payloads[type] }),
);
const [first, ...others] = lines as [(typeof lines)[number], ...typeof lines];
export const journalEventSchema = z.discriminatedUnion('type', [
  first,
  ...others,
]) as unknown as z.ZodType<JournalEvent>;
