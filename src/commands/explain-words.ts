import type { Catalog } from '../catalog/catalog.js';
import type { Language } from '../domain/text.js';
import { type Say, speaker } from '../ui/say.js';

/** The phrases of `explain` in one language. */
export const wordsOf = ({ phrases }: Pick<Catalog, 'phrases'>, language: Language): Say => {
  const say = speaker(phrases, language);
  return (key, facts) => say(`commands.explain.${key}`, facts);
};
