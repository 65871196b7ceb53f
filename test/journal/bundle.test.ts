import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listEvidence, storeEvidence } from '../../src/journal/bundle.js';
import { createSession } from '../../src/journal/folder.js';
import { stateDir } from '../support/session-view.js';

const newFolder = () => createSession(stateDir(), { now: 0, destination: 'cart' }).folder;
const asIs = <T>(value: T) => value;

describe('storeEvidence', () => {
  it('writes one file of its own, 0600, and leaves nothing half done', () => {
    const folder = newFolder();
    const stored = storeEvidence(folder, { id: 'endpoints.1', value: { ready: [] } }, asIs);
    expect(stored.file).toBe('evidence/endpoints.1.json');
    expect(statSync(join(folder, stored.file)).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'evidence'))).toEqual(['endpoints.1.json']);
    expect(listEvidence(folder)).toEqual([stored]);
  });

  it('masks before it writes', () => {
    const folder = newFolder();
    const mask = <T>(value: T) => JSON.parse(JSON.stringify(value).replaceAll('hunter2canary', '<masked>')) as T;
    const { file } = storeEvidence(folder, { id: 'cart.1', value: { env: 'hunter2canary' } }, mask);
    expect(readFileSync(join(folder, file), 'utf8')).not.toContain('hunter2canary');
  });

  it('puts a capture into a file that programs for that open, with its hash in its place', () => {
    const folder = newFolder();
    const bytes = Buffer.from([0xd4, 0xc3, 0xb2, 0xa1, 0, 255]);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const pcap = { base64: bytes.toString('base64'), sha256, packets: 1 };
    const { file } = storeEvidence(folder, { id: 'trace.1', value: { seen: [{ pcap }, { pcap }] } }, asIs);
    expect(JSON.parse(readFileSync(join(folder, file), 'utf8'))).toEqual({
      seen: [1, 2].map((at) => ({ pcap: { file: `evidence/trace.1.${at}.pcap`, sha256, packets: 1 } })),
    });
    expect(readFileSync(join(folder, 'evidence/trace.1.2.pcap'))).toEqual(bytes);
    expect(listEvidence(folder).map(({ id }) => id)).toEqual(['trace.1']);
  });

  it.each(['../../payments.1', '/etc/cart.1', '购物车.1', 'a b.1'])(
    'keeps %s inside its folder and knows it again',
    (id) => {
      const folder = newFolder();
      storeEvidence(folder, { id, value: 1 }, asIs);
      expect(listEvidence(folder).map((stored) => stored.id)).toEqual([id]);
    },
  );
});
