import type { Appearance } from './props.js';
import type { State } from './theme.js';

const drawn: Readonly<Record<State, string>> = {
  pass: '\u2713',
  fail: '\u2717',
  warn: '!',
  unsure: '?',
  skip: '-',
  error: '#',
  run: '\u280b',
  wait: '.',
};
const typed: Readonly<Record<State, string>> = { ...drawn, pass: '+', fail: 'x', run: '>' };
const spinner = ['\u280b', '\u2819', '\u2839', '\u2838', '\u283c', '\u2834', '\u2826', '\u2827', '\u2807', '\u280f'];
const spinnerMs = 250;

/** A terminal that draws ambiguous characters wide gets nothing but ASCII: a box line would break there. */
export const isPlain = ({ ascii, wide }: Pick<Appearance, 'ascii' | 'wide'>) => ascii || wide === 2;

export const markOf = (appearance: Appearance, state: State, now = 0): string => {
  if (isPlain(appearance)) return typed[state];
  if (state !== 'run' || !appearance.motion) return drawn[state];
  return spinner[Math.floor(now / spinnerMs) % spinner.length] ?? drawn.run;
};

export const glyphsOf = (appearance: Appearance) =>
  isPlain(appearance)
    ? { rule: '-', bar: '|', pointer: '>', arrow: '->', dash: '-' }
    : { rule: '\u2500', bar: '\u2502', pointer: '\u276f', arrow: '->', dash: '-' };
