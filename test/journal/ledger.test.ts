import { writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Resource } from '../../src/domain/resource.js';
import { ledgerIn } from '../../src/journal/ledger.js';
import { temporaryFolder } from '../support/temporary.js';

const probe: Resource = {
  ...{ kind: 'probe-pod', namespace: 'shop', pod: 'net-triage-a', container: 'probe', uid: 'u', image: 'busybox' },
  expires: '2026-11-21T11:30:00.000Z',
};
const entry = { resource: probe, session: 'cart', context: 'lab', apiHost: 'api.shop:6443' };
const dead = () => false;

it('tells what a dead process has left, and nothing of one that lives', async () => {
  const ledger = ledgerIn(await temporaryFolder());
  expect(ledger.orphans(dead)).toEqual([]);
  ledger.note(entry, 77);
  expect(ledger.orphans((pid) => pid === 77)).toEqual([]);
  expect(ledger.orphans(dead)).toMatchObject([entry]);
});

it('forgets what is gone, on the cluster where it was', async () => {
  const ledger = ledgerIn(await temporaryFolder());
  ledger.note(entry, 77);
  ledger.note({ ...entry, apiHost: 'api.other:6443' }, 77);
  ledger.forget('api.shop:6443', probe);
  expect(ledger.orphans(dead).map(({ apiHost }) => apiHost)).toEqual(['api.other:6443']);
});

it('goes on without what it cannot read or write', async () => {
  const folder = await temporaryFolder();
  const ledger = ledgerIn(folder);
  ledger.note(entry, 77);
  const made = join(folder, 'net-triage/made');
  writeFileSync(join(made, 'torn.json'), '{"resource":');
  expect(ledger.orphans(dead)).toHaveLength(1);
  expect((await readdir(made)).filter((name) => name.startsWith('.'))).toEqual([]);
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => ledgerIn(file).note(entry, 77)).not.toThrow();
  expect(ledgerIn(file).orphans(dead)).toEqual([]);
});
