import type { Catalog } from './catalog.js';

const readOnce = async (): Promise<Catalog | undefined> => {
  const [{ find }, { load }] = await Promise.all([import('./find.js'), import('./load.js')]);
  const { catalog, problems } = load(await find());
  return problems.length === 0 ? catalog : undefined;
};

let reading: Promise<Catalog | undefined> | undefined;

/**
 * The built-in catalog as the build has read and linted it, so that nothing is left to check when the program
 * starts: the build replaces this module. From source the folders are read once; `undefined` where they hold a
 * mistake, which whoever reads them anew is told of.
 */
export const proven = (): Promise<Catalog | undefined> => {
  reading ??= readOnce();
  return reading;
};
