import { CannotLook } from '../../domain/cannot-look.js';
import type { Rows } from '../../parse/links/rows.js';

/** @throws CannotLook where the table was not understood: then nothing may be called absent from it */
export const readable = <T>({ rows, understood, strange }: Rows<T>, what: string): T[] => {
  if (understood) return rows;
  throw new CannotLook('lost', `${what} could not be read: ${strange[0] ?? 'there was no answer'}`);
};
