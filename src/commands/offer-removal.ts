import { askYes } from './ask-yes.js';
import type { Io } from './io.js';
import { say } from './io.js';
import { findLeftovers, type Offer } from './leftovers.js';
import type { SessionOptions } from './options.js';

const withLine = ({ words, line }: Offer) => `${words} Remove it with: ${line}`;

/**
 * Where nobody can be asked: a sentence for each, with the line that removes it. The session that goes on takes its
 * own up again.
 */
export const tellLeftovers = async (options: SessionOptions, io: Io, goesOn?: string): Promise<void> => {
  const { all, close } = await findLeftovers(options, io);
  for (const offer of all.filter(({ session }) => session !== goesOn)) await say(io.stderr, withLine(offer));
  await close();
};

const removed = async (offer: Offer) => {
  try {
    await offer.remove();
    return 'It is removed.';
  } catch (error) {
    return `It could not be removed: ${error instanceof Error ? error.message : String(error)} Try: ${offer.line}`;
  }
};

/** Asks for each what is to become of it, before the screen opens. */
export const offerLeftovers = async (options: SessionOptions, io: Io): Promise<void> => {
  const { all, close } = await findLeftovers(options, io);
  for (const offer of all) {
    const answer = await askYes(`${withLine(offer)}\nRemove it now?`, io);
    if (answer) await say(io.stdout, await removed(offer));
  }
  await close();
};
