import { writeEnd } from '../domain/ends.js';
import type { SessionHeader } from '../domain/journal.js';
import type { SessionOptions } from './options.js';

/** The flow that a session was asked about, as the flags that ask about it once more. */
export const askedBefore = ({
  asked: { from, to },
}: Pick<SessionHeader, 'asked'>): Pick<SessionOptions, 'from' | 'to' | 'host' | 'path'> => ({
  ...{ from: writeEnd(from), to: writeEnd(to) },
  ...(to.kind === 'ingress' && { host: to.host, path: to.path }),
});
