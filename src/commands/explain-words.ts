import type { Catalog } from '../catalog/catalog.js';
import { fill, type Language } from '../domain/text.js';

export type Words = (key: string, facts?: Record<string, string | number>) => string;

/** The phrases of `explain` in one language. */
export const wordsOf =
  ({ phrases }: Pick<Catalog, 'phrases'>, language: Language): Words =>
  (key, facts = {}) =>
    fill(phrases[`commands.explain.${key}`]?.[language] ?? key, facts);
