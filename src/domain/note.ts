import { dangersIn } from './dangers.js';
import type { Happening } from './journal.js';

/** What an operator writes into the timeline. It is kept as it is; what it names that does harm is kept beside it. */
export const noteOf = (text: string): Happening => {
  const dangers = dangersIn(text);
  return { type: 'note.added', actor: 'operator', data: { text, ...(dangers.length > 0 ? { dangers } : {}) } };
};
