import type { Catalog } from '../catalog/catalog.js';
import type { AskNode } from '../domain/runbook.js';
import { fill, type Phrase } from '../domain/text.js';

/** The question before a check that no level covers. "No" comes first: it is what Enter means. */
export const consentQuestion = (
  { phrases, steps }: Pick<Catalog, 'phrases' | 'steps'>,
  step: string,
): Pick<AskNode, 'ask' | 'answers'> => {
  const phrase = (key: string): Phrase => phrases[key] ?? { en: key, 'zh-CN': key };
  const text = steps[step]?.text;
  const inBoth = (key: string): Phrase => ({
    en: fill(phrase(key).en, { check: text?.en.title ?? step, why: text?.en.why ?? '' }),
    'zh-CN': fill(phrase(key)['zh-CN'], { check: text?.['zh-CN'].title ?? step, why: text?.['zh-CN'].why ?? '' }),
  });
  return { ask: inBoth('ui.consent.ask'), answers: { no: inBoth('ui.consent.no'), yes: inBoth('ui.consent.yes') } };
};
