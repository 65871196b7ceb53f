import type { Language, Phrase } from '../../domain/text.js';
import type { Reason } from '../../policy/model/match.js';
import { reasonWords, words } from './words.js';

export const fill = (phrase: Phrase, facts: Readonly<Record<string, string>>, language: Language): string =>
  phrase[language].replaceAll(/\{([\w-]+)\}/g, (whole, key: string) => facts[key] ?? whole);

export const reasonText = ({ code, facts }: Reason, language: Language): string => {
  const phrase = Object.hasOwn(reasonWords, code) ? reasonWords[code] : undefined;
  return phrase ? fill(phrase, facts, language) : code;
};

export const wordFor = (
  word: keyof typeof words,
  facts: Readonly<Record<string, string>>,
  language: Language,
): string => fill(words[word], facts, language);
