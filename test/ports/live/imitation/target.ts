import { onTestFinished } from 'vitest';
import type { Level } from '../../../../src/domain/level.js';
import { createConnection } from '../../../../src/ports/live/connection.js';
import { createCredentials } from '../../../../src/ports/live/credentials.js';
import { createKube } from '../../../../src/ports/live/kube.js';
import type { Target } from '../../../../src/ports/live/kubeconfig.js';
import { createMeter, type Exchange } from '../../../../src/ports/live/meter.js';
import { createTransport } from '../../../../src/ports/live/transport.js';

export const unclean = { cleanText: (text: string) => text, cleanJson: <T>(value: T) => value };

export const targetAt = (url: string, more: Partial<Target> = {}): Target => ({
  ...{ context: 'shop', cluster: 'shop', user: 'cashier', namespace: 'shop', server: new URL(url), proxy: undefined },
  ...{ tls: { rejectUnauthorized: true }, login: { kind: 'none' }, impersonate: {}, settings: {} },
  ...more,
});

/** Everything below the kube port, wired to a target. */
export const wire = (
  target: Target,
  { timeout = 5_000, cap = 1 << 20, level = 'probe' as Level, now = undefined as (() => number) | undefined } = {},
) => {
  const surroundings = { env: process.env, interactive: () => false, patience: 5_000, cleanText: unclean.cleanText };
  const credentials = createCredentials(target, { ...surroundings, now: Date.now });
  const userAgent = 'net-triage/1.2.3 session/cart';
  const connection = createConnection({ target, credentials, userAgent, connectTimeout: timeout });
  const exchanges: Exchange[] = [];
  const meter = createMeter((exchange) => exchanges.push(exchange));
  const transport = createTransport({ connection, meter, level: () => level, timeout, cap, ...(now && { now }) });
  onTestFinished(() => connection.close());
  return { connection, meter, exchanges, transport, kube: createKube(transport, unclean) };
};

export const never = new AbortController().signal;
