import { type Speaker, say } from './say.js';

/** What a dangerous repair does, and what to do instead, in one line. */
export const dangerLine = (speaker: Speaker, id: string) =>
  say(speaker, 'danger.heading', { what: say(speaker, `danger.${id}`), instead: say(speaker, `danger.${id}.instead`) });
