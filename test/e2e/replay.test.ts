import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { document, flow, type OpenShop, openShop } from './support/open-shop.js';
import { reportOf } from './support/program.js';
import { soundShop, wrongSelector } from './support/shop-objects.js';
import { shadowedTools } from './support/tool-folder.js';

const replayed = (shop: OpenShop, universe: string, more: readonly string[] = []) =>
  shop.say(['run', ...document, ...flow, '--universe', universe, ...more]);

/** A replay says that it is one; nothing else may differ. */
const asReplay = (text: string) => text.replace('"mode": "live"', '"mode": "replay"');

describe('a finished session, replayed from its folder', () => {
  it.each([
    ['a fault that objects show', wrongSelector, []],
    ['a shop that looks sound', soundShop, []],
    ['probes that failed', soundShop, ['--level', 'probe']],
  ] as const)('%s: the same bytes, twice', async (_, objects, more) => {
    const tools = await shadowedTools();
    const shop = await openShop({ objects, exec: tools.exec });
    const live = await shop.triage(more);
    expect(live).toMatchObject({ signal: null, stderr: '' });
    expect(live.code).toBeGreaterThan(1);
    const requests = shop.api.asked.length + shop.api.upgrades.length;
    const folder = shop.home.session();
    const [first, second] = [await replayed(shop, folder, more), await replayed(shop, folder, more)];
    expect(first).toEqual({ ...live, stdout: asReplay(live.stdout) });
    expect(second).toEqual(first);
    expect(asReplay(readFileSync(`${folder}/report.json`, 'utf8').trim())).toBe(first.stdout.trim());
    expect(shop.api.asked.length + shop.api.upgrades.length).toBe(requests);
    expect(shop.home.ids()).toHaveLength(1);
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });

  it('from the one file it was packed into: the same again', async () => {
    const shop = await openShop();
    const live = await shop.triage();
    const file = `${shop.home.home}/shop.universe.tar.zst`;
    expect(await shop.say(['session', 'export', '1', '-o', 'universe', '--output-file', file])).toMatchObject({
      code: 0,
    });
    expect((await replayed(shop, file)).stdout).toBe(asReplay(live.stdout));
  });

  it('of which somebody changed an answer, is refused', async () => {
    const shop = await openShop();
    const file = shop.home.write('broken.universe.tar.zst', 'not an archive');
    const ran = await replayed(shop, file);
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(/^The universe .*broken.* is not a universe/) });
    expect(reportOf(ran).error?.code).toBe('UniverseProblem');
  });
});
