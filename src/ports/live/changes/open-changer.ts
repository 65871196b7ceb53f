import type { Changer } from '../../../change/changer.js';
import type { Clean } from '../clean.js';
import { createMeter } from '../meter.js';
import { type OpenOptions, openConnection } from '../open-connection.js';
import { createTransport } from '../transport.js';
import { admitChange } from './admit-change.js';
import { carryOut } from './carry-out.js';
import { prepare } from './prepare.js';
import { createSender } from './sender.js';
import { undone } from './undo.js';

export interface ChangerOptions extends OpenOptions {
  readonly clean: Clean;
}

const afterwards = 10_000;
const largestAnswer = 8 << 20;

/** A connection of its own, whose requests go through the list of changes and no other. Throws as `createLive` does. */
export const openChanger = async (options: ChangerOptions): Promise<Changer> => {
  const { clean } = options;
  const { connection, requestTimeout } = await openConnection(options);
  const transport = createTransport({
    ...{ connection, meter: createMeter(), timeout: requestTimeout, cap: largestAnswer },
    ...{ level: () => 'change', admit: admitChange },
  });
  const sender = (signal: AbortSignal) => createSender(transport, clean.cleanText, signal);
  return {
    prepare: (change, signal) => prepare(change, sender(signal), clean),
    carryOut: (prepared, signal) => carryOut(prepared, sender(signal), sender(AbortSignal.timeout(afterwards))),
    undo: (undo, signal) => undone(undo, sender(signal)),
    close: () => connection.close(),
  };
};
