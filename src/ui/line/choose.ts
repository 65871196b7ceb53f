import { fold } from '../../clean/fold.js';
import type { Say } from '../say.js';
import type { Asker } from './asker.js';

export interface Choice<T> {
  readonly words: string;
  readonly value: T;
}

export interface Talk extends Asker {
  readonly words: Say;
}

/** One of a numbered list; an empty line takes the first, which is called the default. Null when nobody answers. */
export const chooseOf = async <T>(
  { say, ask, words }: Pick<Talk, 'say' | 'ask' | 'words'>,
  choices: readonly Choice<T>[],
): Promise<T | null> => {
  say(words('ui.line.choose'));
  for (const [at, choice] of choices.entries()) {
    const text = at === 0 ? words('ui.line.default', { words: choice.words }) : choice.words;
    say(words('ui.line.item', { number: at + 1, words: text }));
  }
  for (;;) {
    const line = await ask(words('ui.line.prompt', { count: choices.length }));
    if (line === null) return null;
    const chosen = choices[line === '' ? 0 : Number(fold(line)) - 1];
    if (chosen) return chosen.value;
    say(words('ui.line.not-a-choice'));
  }
};
