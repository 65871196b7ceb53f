import { permits } from '../domain/level.js';
import { makesSomething, waysOpen } from '../domain/pod-access.js';
import { askYes } from './ask-yes.js';
import { type Io, say } from './io.js';
import { beforehand } from './made-words.js';
import type { SessionOptions } from './options.js';

const makes = ({ probeImage, podAccess, level, universe }: SessionOptions) =>
  universe === undefined && permits(level, 'probe') ? waysOpen(podAccess, probeImage).filter(makesSomething) : [];

/** Says what may be put into the cluster, before anything is: the flags have allowed it. */
export const tellBeforehand = async (options: SessionOptions, io: Io): Promise<void> => {
  const ways = makes(options);
  if (options.probeImage !== undefined && ways.length > 0) await say(io.stderr, beforehand(options.probeImage, ways));
};

/** Asks whether it may be. Without a yes the session makes nothing. */
export const askBeforehand = async (options: SessionOptions, io: Io): Promise<SessionOptions> => {
  const ways = makes(options);
  if (options.probeImage === undefined || ways.length === 0) return options;
  const mayMake = await askYes(`${beforehand(options.probeImage, ways)}\nMay it be?`, io);
  return mayMake ? options : { ...options, podAccess: options.podAccess.filter((way) => !makesSomething(way)) };
};
