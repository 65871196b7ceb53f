import { z } from 'zod';
import { levelSchema } from '../domain/level.js';
import { podAccess, podAccessSchema } from '../domain/pod-access.js';
import { languages } from '../domain/text.js';
import { UsageProblem } from './io.js';

const seconds = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/;
const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** `10s`, `2m`, `500ms` or plain seconds, as milliseconds. */
export const durationSchema = z.string().transform((text, context) => {
  const match = seconds.exec(text);
  if (!match) {
    context.addIssue({ code: 'custom', message: `"${text}" is not a duration; write for example 10s, 2m or 500ms` });
    return z.NEVER;
  }
  return Math.round(Number(match[1]) * unit[(match[2] ?? 's') as keyof typeof unit]);
});

export const formats = ['human', 'short', 'json', 'ndjson', 'yaml', 'junit', 'md'] as const;
export type Format = (typeof formats)[number];

const ways = ['ssh', 'pod'] as const;

/** `ssh,pod`, or `none`: which ways onto nodes may be tried, best first. */
const nodeAccessSchema = z.string().transform((text, context) => {
  const words = text.split(',').map((word) => word.trim());
  if (words.length === 1 && words[0] === 'none') return [];
  const unknown = words.find((word) => !ways.some((way) => way === word));
  if (unknown === undefined) return [...new Set(words)] as (typeof ways)[number][];
  context.addIssue({ code: 'custom', message: `"${unknown}" is no way onto a node; write ${ways.join(', ')} or none` });
  return z.NEVER;
});

const oneOf = <T extends string>(...words: [T, ...T[]]) => z.enum(words);

/** Flags that every command of the program understands. */
export const commonSchema = z.object({
  kubeconfig: z.string().optional(),
  context: z.string().optional(),
  cluster: z.string().optional(),
  user: z.string().optional(),
  namespace: z.string().optional(),
  as: z.string().optional(),
  asGroup: z.array(z.string()).optional(),
  requestTimeout: durationSchema.optional(),
  stateDir: z.string().optional(),
  lang: oneOf('auto', ...languages).default('auto'),
  universe: z.string().optional(),
});
export type Common = z.infer<typeof commonSchema>;

export const lookSchema = z.object({
  ui: oneOf('auto', 'full', 'compact', 'linear', 'none').default('auto'),
  ascii: z.boolean().default(false),
  ambiguousWidth: oneOf('auto', '1', '2').default('auto'),
  color: oneOf('auto', 'always', 'never').default('auto'),
  theme: oneOf('default', 'cb-rg', 'cb-by', 'mono').default('default'),
  motion: z.boolean().default(true),
});
export type LookOptions = z.infer<typeof lookSchema>;

// docker.io/library/busybox:1.37, registry.example:5000/tools@sha256:…
const imageSchema = z
  .string()
  .max(512)
  .regex(/^[A-Za-z0-9][\w.:/@-]*$/, 'is no reference of an image; write for example busybox:1.37');

/** How what takes more than reading is reached. */
export const accessSchema = z.object({
  probeImage: imageSchema.optional(),
  podAccess: podAccessSchema.default([...podAccess]),
  nodeAccess: nodeAccessSchema.default(['ssh', 'pod']),
  sshConfig: z.string().optional(),
  sshUser: z
    .string()
    .regex(/^[a-z_][\w.-]*\$?$/i, 'not a user name')
    .optional(),
  sshIdentity: z.string().optional(),
  sshKnownHosts: z.string().optional(),
  sshJump: z
    .string()
    .regex(/^[\w@.:[\],-]+$/, 'not a host; write [user@]host[:port]')
    .refine((text) => !text.startsWith('-'), 'not a host')
    .optional(),
});

export const sessionSchema = commonSchema
  .extend(lookSchema.shape)
  .extend(accessSchema.shape)
  .extend({
    from: z.string().optional(),
    to: z.string().optional(),
    level: levelSchema.exclude(['change']).default('observe'),
    pace: oneOf('auto', 'step').default('auto'),
    input: z.boolean().default(true),
    auto: z.boolean().default(false),
    output: z.enum(formats).default('human'),
    outputFile: z.string().optional(),
    runbook: z.array(z.string()).default([]),
    consent: z.array(z.string()).default([]),
    incident: z.string().optional(),
    reason: z.string().optional(),
    checkTimeout: durationSchema.optional(),
    deadline: durationSchema.optional(),
    redact: oneOf('default', 'strict').default('default'),
    failOn: oneOf('fail', 'warn', 'unsure', 'never').default('fail'),
    exitVerdict: z.boolean().default(false),
  });
export type SessionOptions = z.infer<typeof sessionSchema>;

const flagOf = (path: readonly PropertyKey[]) =>
  `--${String(path[0]).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** What commander read, checked. Throws `UsageProblem` naming the flag. */
export const readOptions = <T>(schema: z.ZodType<T>, raw: unknown): T => {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw new UsageProblem(result.error.issues.map((issue) => `${flagOf(issue.path)}: ${issue.message}`).join('\n'));
};
