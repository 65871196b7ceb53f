import { sanitise } from '../clean/sanitise.js';

/** One line for a terminal or a chat: nothing in it can move the cursor or begin a line of its own. */
export const plain = (text: string) => sanitise(text).replaceAll(/\s+/g, ' ').trim();

/** The same with the spaces it begins with. */
export const plainIndented = (text: string) => `${/^ */.exec(text)?.[0] ?? ''}${plain(text)}`;
