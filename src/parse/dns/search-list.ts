import type { ResolvConf } from '../resolv-conf.js';

/**
 * What a libc asks before the name that was written: with fewer dots than `ndots`, each domain of the search list is
 * tried first (resolv.conf(5)). A final dot says that the name is whole.
 */
export const questionsFor = (name: string, { search, options }: Pick<ResolvConf, 'search' | 'options'>) => {
  const given = Number(options.ndots ?? '1');
  // The limit of glibc; what is no number counts as the default.
  const ndots = Number.isInteger(given) ? Math.min(Math.max(given, 0), 15) : 1;
  const dots = name.split('.').length - 1;
  const isWhole = name.endsWith('.') || dots >= ndots;
  return { ndots, before: isWhole ? [] : search.map((domain) => `${name}.${domain.replace(/\.$/, '')}.`) };
};
