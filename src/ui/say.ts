import type { Facts } from '../domain/finding.js';
import { fill, type Language, type PhraseBook } from '../domain/text.js';

export type Say = (key: string, facts?: Facts) => string;

/** Speaks one language. A phrase that is missing shows its key, so that the rest can be read. */
export const speaker =
  (phrases: PhraseBook, language: Language): Say =>
  (key, facts = {}) =>
    fill(phrases[key]?.[language] ?? key, facts);
