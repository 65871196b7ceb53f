import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { alone } from '../../lab/machine/alone.ts';
import { type Limit, raise, restore } from '../../lab/machine/limits.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'net-triage-limit-'));

function limitOf(value: string, needed = () => false): Limit {
  const keptIn = folder();
  const file = join(keptIn, 'setting');
  writeFileSync(file, `${value}\n`);
  return { file, enough: 1024, needed, keptIn };
}

const now = ({ file }: Limit) => Number(readFileSync(file, 'utf8'));

it('puts back what it raised, once nobody needs it', async () => {
  let needed = true;
  const limit = limitOf('128', () => needed);
  await raise(limit);
  await restore(limit);
  expect(now(limit)).toBe(1024);
  needed = false;
  await restore(limit);
  expect(now(limit)).toBe(128);
});

it('leaves alone what is large enough, and what it never raised', async () => {
  const large = limitOf('4096');
  await raise(large);
  await restore(large);
  expect(now(large)).toBe(4096);
});

it('puts it back once when several leave at the same moment', async () => {
  const limit = limitOf('128');
  await Promise.all([raise(limit), raise(limit), raise(limit)]);
  await Promise.all(Array.from({ length: 8 }, () => restore(limit)));
  expect(now(limit)).toBe(128);
});

it('lets one work at a time, and says when it cannot', async () => {
  const file = join(folder(), 'lock');
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => alone(file, work)));
  expect(most).toBe(1);
  await expect(alone('/nowhere/at/all', work)).rejects.toThrow('cannot be locked');
});

it('gives the lock up when the work fails', async () => {
  const file = join(folder(), 'lock');
  const failing = alone(file, () => {
    throw new Error('no room');
  });
  await expect(failing).rejects.toThrow('no room');
  expect(await alone(file, () => 'its turn')).toBe('its turn');
});
