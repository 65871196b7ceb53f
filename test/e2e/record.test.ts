import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { json, status } from '../ports/live/imitation/api.js';
import { document, flow, type OpenShop, openShop } from './support/open-shop.js';
import { reportOf } from './support/program.js';
import { soundShop, wrongSelector } from './support/shop-objects.js';
import { shadowedTools } from './support/tool-folder.js';

const name = 'for-mira.universe.tar.zst';

const recordedIn = async (shop: OpenShop, more: readonly string[] = []) => {
  const file = join(shop.home.home, name);
  const said = await shop.say(['record', ...flow, ...shop.access, '--no-input', '--output-file', file, ...more]);
  return { file, said };
};

/** Elsewhere: another home, no kubeconfig, nobody who answers. */
const elsewhere = async (shop: OpenShop, file: string, more: readonly string[] = []) => {
  const requests = shop.api.asked.length + shop.api.upgrades.length;
  const ran = await shop.say(['run', ...document, ...flow, '-n', 'shop', '--universe', file, ...more]);
  expect(shop.api.asked.length + shop.api.upgrades.length).toBe(requests);
  return reportOf(ran);
};

const forbidden = (kind: string) => status(403, 'Forbidden', `${kind} is forbidden: User "cashier" cannot list`);

describe('record', () => {
  it.each([
    ['a fault that objects show', wrongSelector, []],
    ['probes that fail', soundShop, ['--level', 'probe']],
  ] as const)('%s: who has only the file comes to the verdict of who had the cluster', async (_, objects, more) => {
    const shop = await openShop({ objects, exec: (await shadowedTools()).exec });
    const live = reportOf(await shop.triage(more));
    const { file, said } = await recordedIn(shop, ['--yes', ...more]);
    expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining(`--universe ${name}`) });
    expect(said.stdout).toContain('from pod/shop/checkout --to svc/shop/cart');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const told = await elsewhere(shop, file, more);
    expect(told.verdict).toEqual(live.verdict);
    expect(told.session.mode).toBe('replay');
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });

  it('holds more than one walk: another symptom finds what the first did not ask', async () => {
    const shop = await openShop();
    const { file } = await recordedIn(shop, ['--yes']);
    const { checks } = await elsewhere(shop, file);
    const alone = await shop.say(['check', '--all', ...flow, '-n', 'shop', '-o', 'json', '--universe', file]);
    const all = JSON.parse(alone.stdout) as { check: string; reason?: { code: string } }[];
    expect(all.length).toBeGreaterThan(checks.length);
    expect(all.filter(({ reason }) => reason?.code === 'not-recorded').map(({ check }) => check)).toEqual([]);
  });

  it('says the moment that was so long ago, for whoever looks later', async () => {
    const shop = await openShop({ objects: wrongSelector });
    const before = Date.now();
    const { said } = await recordedIn(shop, ['--yes', '--since', '40m']);
    const [, since = ''] = /--since (\S+)$/m.exec(said.stdout) ?? [];
    const ago = Date.now() - Date.parse(since) - 40 * 60_000;
    expect(ago).toBeGreaterThanOrEqual(0);
    expect(ago).toBeLessThanOrEqual(Date.now() - before);
  });

  it('keeps what was not permitted as not permitted: shown before it is written, and no pass in a replay', async () => {
    const shop = await openShop({
      objects: wrongSelector,
      instead: ({ url = '' }, response) => {
        if (!url.includes('endpointslices')) return false;
        json(response, 403, forbidden('endpointslices'));
        return true;
      },
    });
    const { file, said } = await recordedIn(shop, ['--yes']);
    expect(said.stdout).toMatch(/Not permitted or not reached.*\n(?: {2}.*\n)*? {2}forbidden {2}kube endpointslices/);
    const { checks } = await elsewhere(shop, file);
    const refused = checks.filter(({ outcome }) => outcome === 'forbidden');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ result }) => result === 'error')).toBe(true);
  });

  it('writes no file before somebody agrees, and says how to', async () => {
    const shop = await openShop();
    const { file, said } = await recordedIn(shop);
    expect(said).toMatchObject({ code: 0, stdout: expect.stringMatching(/holds \d+ answers/) });
    expect(said.stderr).toContain(
      `session export ${shop.home.ids()[0]} -o universe --redact default --output-file ${file}`,
    );
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(shop.home.home).filter((entry) => entry.includes('universe'))).toEqual([]);
  });

  it('has a limit; what had no room is missing in a replay, and no old answer stands in for it', async () => {
    const shop = await openShop({ objects: soundShop });
    const { file, said } = await recordedIn(shop, ['--yes', '--max-size', '4K']);
    expect(said.stderr).toContain('is full');
    expect(said.stdout).toContain('capped');
    const { verdict, checks } = await elsewhere(shop, file);
    const without = checks.filter(({ outcome }) => ['capped', 'not-recorded'].includes(outcome));
    expect(without.length).toBeGreaterThan(0);
    expect(without.every(({ result }) => result === 'error')).toBe(true);
    expect(verdict.result).toBe('inconclusive');
  });

  it('prints what it would look at as commands, and asks nothing', async () => {
    const shop = await openShop();
    const said = await shop.say(['record', ...flow, ...shop.access, '--commands']);
    expect(said.code).toBe(0);
    expect(said.stdout).toContain('kubectl -n shop get endpointslices -l kubernetes.io/service-name=cart -o yaml');
    const lines = said.stdout.trim().split('\n');
    expect(lines.filter((line) => !line.startsWith('#') && /\b(delete|apply|patch|edit|scale)\b/.test(line))).toEqual(
      [],
    );
    expect(shop.api.asked).toEqual([]);
    expect(shop.home.ids()).toEqual([]);
  });
});
