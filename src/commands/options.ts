import { z } from 'zod';
import { levelSchema } from '../domain/level.js';
import { nodeAccessSchema, usualNodeAccess } from '../domain/node-access.js';
import { podAccess, podAccessSchema } from '../domain/pod-access.js';
import { languages } from '../domain/text.js';
import { formats } from '../report/format.js';
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

/** A moment, as RFC 3339 or as how long ago it was. */
export const sinceSchema = z.string().transform((text, context): { at: number } | { ago: number } => {
  const ago = durationSchema.safeParse(text);
  if (ago.success) return { ago: ago.data };
  // Without a zone it would be the clock of whoever reads it.
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (!Number.isNaN(at)) return { at };
  context.addIssue({
    code: 'custom',
    message: `"${text}" is no time; write 2026-11-20T01:58Z, or 40m for forty minutes ago`,
  });
  return z.NEVER;
});

const day = 86_400_000;

/** `30d` or `12h`: how old something is, as milliseconds. No run takes days, so limits know no such unit. */
export const ageSchema = z
  .string()
  .regex(/^\d{1,5}[dh]$/, 'is no age; write for example 30d or 12h')
  .transform((text) => Number.parseInt(text, 10) * (text.endsWith('d') ? day : unit.h));

/** `20M`, `500K` or plain bytes, as bytes. A recording keeps at least so much that a triage can be told from it. */
export const sizeSchema = z.string().transform((text, context) => {
  const [, amount, unitOf = ''] = /^(\d{1,9})([KMG]?)$/i.exec(text) ?? [];
  const bytes = Number(amount) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unitOf.toLowerCase());
  if (bytes >= 4096) return bytes;
  context.addIssue({ code: 'custom', message: `"${text}" is no size of a recording; write for example 20M` });
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
  predict: z.boolean().default(false),
});
export type LookOptions = z.infer<typeof lookSchema>;

// docker.io/library/busybox:1.37, registry.example:5000/tools@sha256:…
const imageSchema = z
  .string()
  .max(512)
  .regex(/^[A-Za-z0-9][\w.:/@-]*$/, 'is no reference of an image; write for example busybox:1.37');

const keeperSchema = (name: string, port: number) =>
  z.string().transform((text, context): URL => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return url;
    // What was written may hold a password, so it is not repeated.
    context.addIssue({
      code: 'custom',
      message: `is no address of a ${name}; write for example http://10.0.0.7:${port}`,
    });
    return z.NEVER;
  });

/** How what takes more than reading is reached. */
export const accessSchema = z.object({
  probeImage: imageSchema.optional(),
  podAccess: podAccessSchema.default([...podAccess]),
  nodeAccess: nodeAccessSchema.default([...usualNodeAccess]),
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
    host: z
      .string()
      .regex(/^[\w.:-]{1,253}$/, 'not a host name')
      .optional(),
    path: z
      .string()
      .regex(/^\/[\x21-\x7e]{0,1000}$/, 'not a path; it begins with /')
      .optional(),
    error: z.string().max(65_536).optional(),
    since: sinceSchema.optional(),
    prometheus: keeperSchema('Prometheus', 9090).optional(),
    loki: keeperSchema('Loki', 3100).optional(),
    level: levelSchema.exclude(['change']).default('observe'),
    pace: oneOf('auto', 'step').default('auto'),
    input: z.boolean().default(true),
    auto: z.boolean().default(false),
    output: z.enum(formats).default('human'),
    outputFile: z.string().optional(),
    runbook: z.array(z.string()).default([]),
    consent: z.array(z.string()).default([]),
    record: durationSchema
      .refine((ms) => ms >= 10_000 && ms <= 1_800_000, 'between 10s and 30m')
      .transform((ms) => Math.round(ms / 1000))
      .optional(),
    incident: z.string().optional(),
    reason: z.string().optional(),
    checkTimeout: durationSchema.optional(),
    deadline: durationSchema.optional(),
    redact: oneOf('default', 'strict').default('default'),
    failOn: oneOf('fail', 'warn', 'unsure', 'never').default('fail'),
    exitVerdict: z.boolean().default(false),
    allowRemediation: z.boolean().default(false),
    confirm: z.string().min(1).max(1000).optional(),
    verifyFor: durationSchema.prefault('1m'),
    maxSize: sizeSchema.optional(),
  });
export type SessionOptions = z.infer<typeof sessionSchema>;

/** When the trouble began, in milliseconds since the epoch. */
export const sinceOf = ({ since }: Pick<SessionOptions, 'since'>, now: number): number | undefined => {
  if (since === undefined) return undefined;
  return 'at' in since ? since.at : now - since.ago;
};

const flagOf = (path: readonly PropertyKey[]) =>
  `--${String(path[0]).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** What commander read, checked. Throws `UsageProblem` naming the flag. */
export const readOptions = <T>(schema: z.ZodType<T>, raw: unknown): T => {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw new UsageProblem(result.error.issues.map((issue) => `${flagOf(issue.path)}: ${issue.message}`).join('\n'));
};
