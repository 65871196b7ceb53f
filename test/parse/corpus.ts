import { readFileSync } from 'node:fs';

/** What a program said on a node of the lab, by profile, state, place and name of the recording. */
export const corpus = (path: string): string =>
  readFileSync(new URL(`../fixtures/corpus/${path}`, import.meta.url), 'utf8');
