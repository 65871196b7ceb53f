import { z } from 'zod';
import type { Facts } from './finding.js';

export const languages = ['en', 'zh-CN'] as const;
export const languageSchema = z.enum(languages);
export type Language = z.infer<typeof languageSchema>;

/** One sentence in every language. */
export const phraseSchema = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
export type Phrase = z.infer<typeof phraseSchema>;

const stepWordsSchema = z.strictObject({
  title: z.string(),
  question: z.string(),
  why: z.string(),
  /** One sentence per outcome, with `{facts}`. */
  outcomes: z.record(z.string(), z.string()),
  /** The exact kubectl or shell line a person would type. */
  'by-hand': z.string(),
  reading: z.array(z.url()).default([]),
});
export type StepWords = z.infer<typeof stepWordsSchema>;

/** `src/steps/<stage>/<id>.text.yaml` */
export const stepTextSchema = z.strictObject({ en: stepWordsSchema, 'zh-CN': stepWordsSchema });
export type StepText = z.infer<typeof stepTextSchema>;

/** A file of sentences that belong to no step, by key. */
export const phraseBookSchema = z.record(z.string(), phraseSchema);
export type PhraseBook = z.infer<typeof phraseBookSchema>;

const placeholder = /\{([a-z][\w-]*(?:\.[\w-]+)*)\}/gi;

export const placeholders = (template: string) => [...template.matchAll(placeholder)].map((match) => match[1] ?? '');

/** An empty list, object or word is drawn as a dash, so that no sentence has a hole. */
const isEmpty = (value: unknown) =>
  value === '' || (value !== null && typeof value === 'object' && Object.keys(value).length === 0);

const spoken = (value: unknown): string => {
  if (isEmpty(value)) return '-';
  if (Array.isArray(value)) return value.map(spoken).join(', ');
  if (value !== null && typeof value === 'object')
    return Object.entries(value)
      .map(([key, item]) => `${key}=${spoken(item)}`)
      .join(',');
  return String(value);
};

/** Own keys only: `{constructor}` names no fact. An array owns its `length`. */
const lookUp = (facts: Facts, path: string): unknown => {
  if (Object.hasOwn(facts, path)) return facts[path];
  return path
    .split('.')
    .reduce<unknown>(
      (at, key) =>
        at !== null && typeof at === 'object' && Object.hasOwn(at, key)
          ? (at as Record<string, unknown>)[key]
          : undefined,
      facts,
    );
};

/** Puts facts into a sentence. A placeholder without a fact stays visible, so that nothing is invented. */
export const fill = (template: string, facts: Facts) =>
  template.replace(placeholder, (whole, path: string) => {
    const value = lookUp(facts, path);
    return value === undefined ? whole : spoken(value);
  });

/** Whether every placeholder has a fact that says something: half a command is worse than none. */
export const isFillable = (template: string, facts: Facts): boolean =>
  placeholders(template).every((path) => {
    const value = lookUp(facts, path);
    return value !== undefined && !isEmpty(value);
  });
