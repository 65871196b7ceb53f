import { fill, type Language } from '../../domain/text.js';
import type { Reason } from '../../policy/model/match.js';
import { reasonSentence } from '../../report/policy/reasons.js';
import { hints, words } from './words.js';

export const reasonText = (reason: Reason, language: Language): string =>
  [
    reasonSentence(reason, language),
    ...(Object.hasOwn(hints, reason.code) ? [hints[reason.code]?.[language]] : []),
  ].join(': ');

export const wordFor = (
  word: keyof typeof words,
  facts: Readonly<Record<string, string>>,
  language: Language,
): string => fill(words[word][language], facts);
