import type { Catalog } from '../catalog/catalog.js';
import type { AskNode } from '../domain/runbook.js';
import { fill, type Phrase } from '../domain/text.js';

/** The question before a check that no level covers. "No" comes first: it is what Enter means. */
export const consentQuestion = (
  { phrases, steps }: Pick<Catalog, 'phrases' | 'steps'>,
  step: string,
  recordSeconds: number,
): Pick<AskNode, 'ask' | 'answers'> => {
  const phrase = (key: string): Phrase => phrases[key] ?? { en: key, 'zh-CN': key };
  const found = steps[step];
  const rate = found?.step.perSecond;
  const load = { rate: rate ?? 0, seconds: recordSeconds };
  const inBoth = (key: string): Phrase => ({
    en: fill(phrase(key).en, { check: found?.text.en.title ?? step, why: found?.text.en.why ?? '', ...load }),
    'zh-CN': fill(phrase(key)['zh-CN'], {
      ...{ check: found?.text['zh-CN'].title ?? step, why: found?.text['zh-CN'].why ?? '' },
      ...load,
    }),
  });
  return {
    ask: inBoth(rate === undefined ? 'ui.consent.ask' : 'ui.consent.ask-load'),
    answers: { no: inBoth('ui.consent.no'), yes: inBoth('ui.consent.yes') },
  };
};
