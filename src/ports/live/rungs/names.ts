import { createHash } from 'node:crypto';
import { ourPrefix } from '../our-changes.js';

const letters = 10;

/** The same in every process of a session, so that one that goes on finds what it has made. */
export const ourName = (...about: readonly string[]) =>
  ourPrefix + createHash('sha256').update(about.join('\n')).digest('hex').slice(0, letters);

/** A label holds 63 letters, digits, `-`, `_` and `.`, and begins and ends with one of the first two. */
export const labelValue = (text: string) =>
  text
    .replaceAll(/[^A-Za-z0-9_.-]/g, '-')
    .slice(0, 63)
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');

/** 2026-11-21T11:45:00.000Z as 20261121T114500Z, which a label may hold. */
export const stampOf = (time: number) =>
  new Date(time)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
