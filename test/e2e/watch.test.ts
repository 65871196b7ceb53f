import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../src/domain/journal.js';
import { openShop } from './support/open-shop.js';
import { eventually, start } from './support/program.js';
import { type Objects, soundShop, wrongSelector } from './support/shop-objects.js';

/** A shop with a session that found its fault, and somebody elsewhere who can repair and break it. */
const openBroken = async () => {
  const objects: { -readonly [K in keyof Objects]: Objects[K] } = { ...wrongSelector };
  const shop = await openShop({ objects });
  const triaged = await shop.triage();
  expect(triaged.code).toBe(3);
  const watching = (...args: string[]) =>
    start(['session', 'watch', '1', '--every', '20ms', ...shop.access, ...args], shop.home);
  return { ...shop, watching, becomes: (now: Objects) => void Object.assign(objects, now) };
};
type Watching = ReturnType<typeof start>;

const told = (watching: Watching, text: RegExp) =>
  eventually(
    String(text),
    () => (text.test(watching.text('stdout')) ? true : undefined),
    () => `${watching.text('stdout')}\n${watching.text('stderr')}`,
  );

const lastEvent = (folder: string) => {
  const lines = readFileSync(join(folder, 'session.ndjson'), 'utf8').trimEnd().split('\n');
  return JSON.parse(lines.at(-1) ?? '') as JournalEvent;
};

describe('session watch', () => {
  it('repeats what failed until it has held, and notes the moment', async () => {
    const shop = await openBroken();
    const watching = shop.watching('--for', '300ms');
    await told(watching, /FAIL/);
    const repaired = Date.now();
    shop.becomes(soundShop);
    const ran = await watching.ended;
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^\d\d:\d\d:\d\dZ {2}.*FAIL/m);
    expect(ran.stdout).toMatch(/^\d\d:\d\d:\d\dZ {2}.*PASS/m);
    expect(ran.stdout).toMatch(/^It works: .* passed for \d+ s, since \d\d:\d\d:\d\dZ\.$/m);
    const event = lastEvent(shop.home.session());
    expect(event).toMatchObject({
      type: 'note.added',
      actor: 'tool',
      data: { text: expect.stringMatching(/^It works/) },
    });
    const since = event.type === 'note.added' ? Date.parse(event.data.happened_at ?? '') : 0;
    expect(since).toBeGreaterThanOrEqual(repaired);
    expect((await shop.verify()).code).toBe(0);
    expect(
      shop.api.asked.every(({ method = '', url = '' }) => method === 'GET' || url.endsWith('selfsubjectrulesreviews')),
    ).toBe(true);
  });

  it('begins to count anew where it fails again', async () => {
    const shop = await openBroken();
    const watching = shop.watching('--for', '3s');
    await told(watching, /FAIL/);
    shop.becomes(soundShop);
    await told(watching, /PASS/);
    shop.becomes(wrongSelector);
    await told(watching, /PASS[\s\S]*FAIL/);
    const again = Date.now();
    shop.becomes(soundShop);
    expect((await watching.ended).code).toBe(0);
    const event = lastEvent(shop.home.session());
    expect(event.type === 'note.added' && Date.parse(event.data.happened_at ?? '')).toBeGreaterThanOrEqual(again);
  });

  it('gives up at its deadline, and writes nothing', async () => {
    const shop = await openBroken();
    const before = lastEvent(shop.home.session());
    expect((await shop.watching('--deadline', '1s').ended).code).toBe(124);
    expect(lastEvent(shop.home.session())).toEqual(before);
  });

  it('counts what could not be looked at as no success', async () => {
    const shop = await openBroken();
    const watching = shop.watching('--for', '200ms', '--deadline', '3s');
    await told(watching, /FAIL/);
    await shop.api.close();
    const ran = await watching.ended;
    expect(ran.code).toBe(124);
    expect(ran.stdout).not.toContain('It works');
  });
});
