import type { Run } from '../../domain/query.js';

/** What a program that shows its rules only to root left behind: the facts, or why there are none. */
export type Saved<T> = { readonly ok: true; readonly facts: T } | { readonly ok: false; readonly why: string };

export const saved = <T>({ stdout, stderr, exitCode }: Run, parse: (text: string) => T): Saved<T> =>
  exitCode === 0
    ? { ok: true, facts: parse(stdout) }
    : { ok: false, why: stderr.trim().split('\n')[0]?.slice(0, 200) || `The program ended with ${exitCode}.` };
