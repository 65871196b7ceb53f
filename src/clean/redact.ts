import { createHash } from 'node:crypto';
import { type KnownName, namesIn } from './known-name.js';
import { createMask, type Mask, type Salt } from './mask.js';
import { maskNamed } from './named-secret.js';
import { redactValue } from './redact-object.js';
import { RULES, type Rule } from './rules.js';
import { createAliases, EMAIL, STRICT_RULES } from './strict.js';

export type Profile = 'default' | 'strict';

export interface RedactorOptions {
  readonly profile: Profile;
  /** One per bundle, kept out of the bundle. */
  readonly salt: Salt;
  /** Names for the strict profile to replace in text; those in objects given to `value` are learned as well. */
  readonly names?: readonly KnownName[];
  /** What leaves this machine names no people, whatever the profile: e-mail addresses and known names of users go. */
  readonly leaving?: boolean;
}

export interface Redactor {
  text(text: string): string;
  value<T>(json: T): T;
  /** By rule, never the value. */
  counts(): Record<string, number>;
}

function applyRule(text: string, rule: Rule, mask: Mask): string {
  if (rule.sign !== undefined && !text.includes(rule.sign)) return text;
  return text.replace(rule.pattern, (...found) => {
    const [match, last] = [found[0] as string, found.at(-1) as unknown];
    const groups = typeof last === 'object' ? (last as Record<string, string | undefined>) : {};
    return (groups.keep ?? '') + mask(rule.name, rule.kind, groups.secret ?? match);
  });
}

function maskSecrets(text: string, mask: Mask): string {
  // Whole PEM blocks go first: a rule for one line would leave the rest of the key behind.
  const [blocks, lines] = [RULES.slice(0, 3), RULES.slice(3)];
  const withoutBlocks = blocks.reduce((masked, rule) => applyRule(masked, rule, mask), text);
  return lines.reduce((masked, rule) => applyRule(masked, rule, mask), maskNamed(withoutBlocks, mask));
}

/** Masks what must not be stored. The default profile leaves every address, name, hash and digest alone: they are the evidence. */
export function createRedactor({ profile, salt, names = [], leaving = false }: RedactorOptions): Redactor {
  const tally = new Map<string, number>();
  const mask = createMask(salt, tally);
  const aliases = createAliases(salt, tally);
  aliases.learn(names);
  const text = (input: string): string => {
    const masked = maskSecrets(input, mask);
    if (profile === 'default') return leaving ? aliases.people(applyRule(masked, EMAIL, mask)) : masked;
    return aliases.apply(STRICT_RULES.reduce((done, rule) => applyRule(done, rule, mask), masked));
  };
  return {
    text,
    value: (json) => {
      if (profile === 'strict') aliases.learn(namesIn(json));
      return redactValue(json, { text, mask });
    },
    counts: () => Object.fromEntries([...tally].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Goes into the session header, so that a reader knows which rules a bundle went through. */
export function rulesDigest(profile: Profile): string {
  const rules = profile === 'strict' ? [...RULES, ...STRICT_RULES] : RULES;
  const lines = rules.map((rule) => `${rule.name} ${rule.kind} ${rule.pattern.source}`);
  return createHash('sha256')
    .update([profile, ...lines].join('\n'))
    .digest('hex');
}
