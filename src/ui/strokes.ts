import type { Key } from 'ink';
import { fold } from '../clean/fold.js';
import { graphemes } from './cell.js';

/** One press of a key: its name, folded for commands, and what it types into a field. */
export interface Stroke {
  readonly key: string;
  readonly text: string;
}

const flags = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'page-up'],
  ['pageDown', 'page-down'],
  ['home', 'home'],
  ['end', 'end'],
  ['escape', 'esc'],
  // Most terminals send DEL for the Backspace key.
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

const named: Readonly<Record<string, string>> = { '\r': 'enter', '\n': 'enter', '\t': 'tab', ' ': 'space' };
const stroke = (key: string, text = ''): Stroke => ({ key, text });

/** What one event of the terminal means. Keys typed fast arrive together in one string, so there can be several. */
export const strokesOf = (input: string, key: Key): Stroke[] => {
  const flag = flags.find(([name]) => key[name]);
  if (flag) return [stroke(flag[1])];
  if (key.tab) return [stroke(key.shift ? 'shift-tab' : 'tab')];
  if (key.return) return [stroke('enter')];
  if (key.ctrl) return [stroke(`ctrl-${input}`)];
  if (key.meta || input === '') return [];
  return graphemes(input).map((text) => stroke(named[text] ?? fold(text), named[text] && text !== ' ' ? '' : text));
};

const longestBurst = 32;

/** Text that no hand has typed: longer than a burst of keys, and not one key held down. */
export const looksPasted = (input: string) => input.length > longestBurst && new Set(input).size > 1;
