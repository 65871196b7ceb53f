import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ChangingShop, openChangingShop } from './support/changing-shop.js';
import { flow } from './support/open-shop.js';
import { openPty, type Pty } from './support/pty.js';
import { shadowedTools } from './support/tool-folder.js';

const target = 'shop-test/shop/cart';
const fixing = ['--level', 'probe', '--allow-remediation', '--verify-for', '300ms'];
const question = /Change shop-test\/shop\/cart now\? \[y\/N\] *$/;
const list = /Which one, 1 to \d\? Enter goes back without a change: *$/;

/** A shop whose Service selects nothing, somebody at a terminal, and the verdict on it. */
const openVerdict = async (
  options: ChangingShop,
  { env = {}, flags = fixing }: { env?: object; flags?: string[] } = {},
) => {
  const tools = await shadowedTools('nc: 10.96.4.7 (10.96.4.7:80): Connection refused');
  const shop = await openChangingShop({ ...options, exec: tools.exec, onSettled: tools.heal });
  const around = { env: { ...shop.home.env, ...env } };
  const pty = openPty(['run', ...flow, ...shop.access, ...flags], around);
  const typesIn = () =>
    readFileSync(join(shop.home.session(), 'session.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type as string)
      .filter((type) => type.startsWith('fix.'));
  return { shop, pty, typesIn, around, kept: () => shop.sent.filter(({ dry }) => !dry) };
};

/** Opens the list of fixes and gives the number of the one that changes the selector. */
const openList = async (pty: Pty) => {
  await pty.seen(/press f to apply one/);
  pty.type('f');
  await pty.seen(list);
  const lines = pty.text().split('\n');
  const at = lines.findIndex((line) => line.includes(`What is changed: ${target}`));
  return /^ (\d)/.exec(lines.slice(0, at).findLast((line) => /^ \d/.test(line)) ?? '')?.[1] ?? '?';
};

const leave = async (pty: Pty) => {
  await pty.seen(list);
  pty.type('\r');
  await pty.seen(/press f to apply one/);
  pty.type('q');
  return pty.ended;
};

describe.skipIf(process.platform !== 'linux')('a fix with a person at the keys', () => {
  it('is shown, made after a typed yes, watched, and ends the session', async () => {
    const { shop, pty, typesIn } = await openVerdict({ cure: { app: 'cart' } });
    pty.type(`${await openList(pty)}\r`);
    await pty.seen(question);
    expect(pty.text()).toMatch(/^ {2}- {5}app: kart\n {2}\+ {5}app: cart$/m);
    expect(pty.text()).toMatch(/Way back: kubectl -n shop patch services cart/);
    expect(pty.text()).toMatch(/It is watched for \d+ s at most/);
    expect(shop.sent.map(({ dry }) => dry)).toEqual([true]);
    pty.type('y\r');
    const ended = await pty.ended;
    expect(ended.text).toMatch(/The address of the Service answers: before FAIL, after PASS\nIt works, and has held/);
    expect(ended.code).toBe(0);
    expect(shop.selector()).toEqual({ app: 'cart' });
    expect(typesIn()).toEqual(['fix.proposed', 'fix.previewed', 'fix.confirmed', 'fix.applied', 'fix.verified']);
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });

  it('is not made for Enter, for a no, or for a yes that was typed before the question', async () => {
    const { shop, pty, kept } = await openVerdict({ cure: { app: 'cart' } });
    const number = await openList(pty);
    for (const [before, answer] of [
      [`${number}\r`, '\r'],
      [`${number}\r`, 'n\r'],
      [`${number}\ry\r`, '\r'],
      [`${number}\ry`, '\r'],
    ] as const) {
      const tried = shop.sent.length;
      pty.type(before);
      await pty.seen(question);
      expect(shop.sent).toHaveLength(tried + 1);
      pty.type(answer);
      await pty.seen(list);
      expect(kept()).toEqual([]);
    }
    expect((await leave(pty)).code).toBe(0);
    expect(shop.selector()).toEqual({ app: 'kart' });
  });

  it('asks for the whole target in a context that is marked as production', async () => {
    const { pty, kept } = await openVerdict(
      { cure: { app: 'cart' } },
      { env: { NET_TRIAGE_PRODUCTION: 'x, shop-test' } },
    );
    const number = await openList(pty);
    for (const wrong of ['y\r', 'shop-test/shop/till\r', 'cart\r']) {
      pty.type(`${number}\r`);
      await pty.seen(/anything else is no: *$/);
      pty.type(wrong);
      await pty.seen(list);
      expect(kept()).toEqual([]);
    }
    pty.type(`${number}\r`);
    await pty.seen(/anything else is no: *$/);
    pty.type(`${target}\r`);
    expect(await pty.ended).toMatchObject({ code: 0, text: expect.stringMatching(/It works, and has held/) });
    expect(kept()).toHaveLength(1);
  });

  it('is put back after a yes where it does not hold', async () => {
    const { shop, pty, typesIn } = await openVerdict({});
    pty.type(`${await openList(pty)}\r`);
    await pty.seen(question);
    pty.type('y\r');
    await pty.seen(/It did not help: .*\nPut the old value back\? \[y\/N\] *$/);
    expect(shop.selector()).toEqual({ app: 'cart' });
    pty.type('y\r');
    expect(await pty.ended).toMatchObject({ code: 6, text: expect.stringMatching(/The old value is back\./) });
    expect(shop.selector()).toEqual({ app: 'kart' });
    expect(typesIn().at(-1)).toBe('fix.undone');
  });

  it('is left where it stands after Ctrl-C, and session resume asks by the same gate', async () => {
    const { shop, pty, around } = await openVerdict({}, { flags: [...fixing.slice(0, -1), '1m'] });
    pty.type(`${await openList(pty)}\r`);
    await pty.seen(question);
    pty.type('y\r');
    await pty.seen(/It does not work yet\./);
    pty.type('\u0003');
    await pty.seen(/Put the old value back\? \[y\/N\] *$/);
    expect(shop.selector()).toEqual({ app: 'cart' });
    pty.type('\u0003');
    const left = await pty.ended;
    expect(left).toMatchObject({ code: 6, text: expect.stringMatching(/Put the old value back with: /) });
    expect(shop.selector()).toEqual({ app: 'cart' });

    const resumed = (env: object) =>
      openPty(['session', 'resume', '1', '--allow-remediation', ...shop.access], { env: { ...around.env, ...env } });
    const declined = resumed({});
    await declined.seen(/Put the old value back\? \[y\/N\] *$/);
    declined.type('\r');
    expect(await declined.ended).toMatchObject({ code: 6, text: expect.stringMatching(/Nothing was changed\./) });
    const marked = { NET_TRIAGE_PRODUCTION: 'shop-test' };
    const wrong = resumed(marked);
    await wrong.seen(/anything else is no: *$/);
    wrong.type('y\r');
    expect(await wrong.ended).toMatchObject({ code: 6 });
    expect(shop.selector()).toEqual({ app: 'cart' });
    const right = resumed(marked);
    await right.seen(/anything else is no: *$/);
    right.type(`${target}\r`);
    expect(await right.ended).toMatchObject({ code: 3, text: expect.stringMatching(/The old value is back\./) });
    expect(shop.selector()).toEqual({ app: 'kart' });
  });

  it('is chosen from the menu of the line mode too, which goes on where it was', async () => {
    const { pty, kept } = await openVerdict({ cure: { app: 'cart' } }, { flags: [...fixing, '--ui', 'linear'] });
    await pty.seen(/(\d+)\W+apply a fix[\s\S]*\n.*\d+.*$/);
    const number = /(\d+)\W+apply a fix/.exec(pty.text())?.[1];
    pty.type(`${number}\r`);
    await pty.seen(list);
    pty.type('\r');
    await pty.seen(/apply a fix[\s\S]*apply a fix/);
    pty.type('1\r');
    expect((await pty.ended).code).toBe(0);
    expect(kept()).toEqual([]);
  });

  it('stays off without --allow-remediation, and a yes beforehand is refused', async () => {
    const { shop, pty } = await openVerdict({}, { flags: ['--level', 'probe'] });
    await pty.seen(/only text/);
    pty.type('f');
    await pty.seen(/--allow-remediation/);
    pty.type('q');
    expect((await pty.ended).code).toBe(0);
    expect(shop.sent).toEqual([]);
    const refused = openPty(['run', ...flow, ...shop.access, ...fixing, `--confirm=${target}`], shop.home);
    expect(await refused.ended).toMatchObject({
      code: 2,
      text: expect.stringMatching(/--confirm says yes where nobody/),
    });
  });
});
