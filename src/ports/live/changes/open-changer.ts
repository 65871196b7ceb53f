import type { Changer } from '../../../change/changer.js';
import type { Clean } from '../clean.js';
import { createConnection } from '../connection.js';
import { createCredentials } from '../credentials.js';
import { loadTarget } from '../kubeconfig.js';
import { createMeter } from '../meter.js';
import type { KubeconfigFlags } from '../pick-context.js';
import type { Surroundings } from '../read-kubeconfig.js';
import { createTransport } from '../transport.js';
import { admitChange } from './admit-change.js';
import { carryOut } from './carry-out.js';
import { prepare } from './prepare.js';
import { createSender } from './sender.js';
import { undone } from './undo.js';

export interface ChangerOptions {
  readonly flags: KubeconfigFlags;
  readonly around: Surroundings;
  readonly clean: Clean;
  readonly version: string;
  /** The id of the session: the audit log of the cluster shows it beside every change. */
  readonly session: string;
  /** Milliseconds. */
  readonly requestTimeout?: number | undefined;
  readonly interactive: boolean;
}

const patience = { request: 15_000, connect: 10_000, plugin: 60_000, after: 10_000 };
const largestAnswer = 8 << 20;

/** A connection of its own, whose requests go through the list of changes and no other. Throws as `createLive` does. */
export const openChanger = async (options: ChangerOptions): Promise<Changer> => {
  const { clean, version, session, around, requestTimeout = patience.request } = options;
  const target = await loadTarget(options.flags, around);
  const asking = { allowed: options.interactive };
  const credentials = createCredentials(target, {
    ...{ env: around.env, interactive: () => asking.allowed, patience: patience.plugin },
    ...{ cleanText: clean.cleanText, now: Date.now },
  });
  await credentials.current();
  asking.allowed = false;
  const connection = createConnection({
    ...{ target, credentials, userAgent: `net-triage/${version} session/${session}` },
    connectTimeout: Math.min(patience.connect, requestTimeout),
  });
  const transport = createTransport({
    ...{ connection, meter: createMeter(), timeout: requestTimeout, cap: largestAnswer },
    ...{ level: () => 'change', admit: admitChange },
  });
  const sender = (signal: AbortSignal) => createSender(transport, clean.cleanText, signal);
  return {
    prepare: (change, signal) => prepare(change, sender(signal), clean),
    carryOut: (prepared, signal) => carryOut(prepared, sender(signal), sender(AbortSignal.timeout(patience.after))),
    undo: (undo, signal) => undone(undo, sender(signal)),
    close: () => connection.close(),
  };
};
