import type { Catalog } from '../catalog/catalog.js';
import { nearNames } from '../domain/near-names.js';
import type { Language } from '../domain/text.js';
import { openCatalog } from './books.js';
import { explainCause, explainTerm, terms } from './explain-cause.js';
import { explainStep } from './explain-step.js';
import { exitCodes, type Io, say, UsageProblem } from './io.js';
import { commonSchema, readOptions } from './options.js';
import { languageOf } from './settings.js';

const textOf = (id: string, catalog: Catalog, language: Language): string => {
  const step = catalog.steps[id];
  if (step) return explainStep(step, catalog, language);
  const told = explainCause(id.toUpperCase(), catalog, language) ?? explainTerm(id.toLowerCase(), catalog, language);
  if (told) return told;
  const near = nearNames(id, [...Object.keys(catalog.steps), ...Object.keys(catalog.causes), ...terms(catalog)]);
  throw new UsageProblem(
    `There is no check or cause "${id}", and no such term (explain glossary).${near.length > 0 ? ` Near: ${near.join(', ')}.` : ''}`,
  );
};

/** What a check or a cause proves, the commands it runs and the rights it needs; or what a term means. */
export const explain = async (raw: Record<string, unknown>, io: Io, [id = '']: readonly string[]): Promise<number> => {
  const language = languageOf(readOptions(commonSchema, raw), io);
  await say(io.stdout, textOf(id, await openCatalog([], io.cwd), language));
  return exitCodes.done;
};
