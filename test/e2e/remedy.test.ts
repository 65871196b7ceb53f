import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../src/domain/journal.js';
import { json, status } from '../ports/live/imitation/api.js';
import { type ChangingShop, openChangingShop } from './support/changing-shop.js';
import { eventually, reportOf } from './support/program.js';
import { shadowedTools } from './support/tool-folder.js';

const target = 'shop-test/shop/cart';
const cure = { app: 'cart' };
const fixing = ['--level', 'probe', '--allow-remediation', '--verify-for', '300ms'];
const confirmed = [...fixing, `--confirm=${target}`];

/** A shop whose Service selects nothing, seen from a Pod that is refused until it does. */
const openBroken = async (options: ChangingShop = {}) => {
  const tools = await shadowedTools('nc: 10.96.4.7 (10.96.4.7:80): Connection refused');
  return openChangingShop({ cure, ...options, exec: tools.exec, onSettled: tools.heal });
};
type Shop = Awaited<ReturnType<typeof openBroken>>;

const fixEvents = (shop: Shop) =>
  readFileSync(join(shop.home.session(), 'session.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalEvent)
    .filter(({ type }) => type.startsWith('fix.') || type === 'verdict' || type === 'session.ended');

const typesIn = (shop: Shop) => fixEvents(shop).map(({ type }) => type);
const kept = ({ sent }: Shop) => sent.filter(({ dry }) => !dry);

describe('a fix that helps', () => {
  it('is tried first, made under a condition, watched, and confirms the cause', async () => {
    const shop = await openBroken();
    const ran = await shop.triage(confirmed);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/^ {2}- {5}app: kart\n {2}\+ {5}app: cart$/m);
    expect(ran.stderr).toMatch(/^Way back: kubectl -n shop patch services cart .*"app":"kart"/m);
    expect(ran.stderr).toMatch(/^The address of the Service answers: before FAIL, after PASS$/m);
    const { verdict, changes } = reportOf(ran);
    expect(verdict.causes[0]).toMatchObject({ id: 'SVC-01', certainty: 'confirmed' });
    expect(changes).toEqual([expect.objectContaining({ target, state: 'applied', verified: 'held', undone: false })]);
    expect(shop.sent.map(({ dry }) => dry)).toEqual([true, false]);
    expect(shop.sent[1]?.body).toEqual({
      spec: { selector: { app: 'cart' } },
      metadata: { resourceVersion: '100' },
    });
    expect(typesIn(shop)).toEqual([
      ...['verdict', 'fix.proposed', 'fix.previewed', 'fix.confirmed', 'fix.applied', 'fix.verified'],
      ...['verdict', 'session.ended'],
    ]);
    expect(await shop.verify()).toMatchObject({ code: 0 });
    const report = readFileSync(join(shop.home.session(), 'report.md'), 'utf8');
    expect(report).toMatch(/Confirmed by a flag at .*[\s\S]*It works, and has held/);
    const shown = await shop.say(['session', 'show', '1', '--lang', 'zh-CN']);
    expect(shown.stdout).toContain('由参数确认');
  });
});

describe('a fix that does not help', () => {
  it('is put back, and the program says so by its code', async () => {
    const shop = await openBroken({ cure: { app: 'nothing' } });
    const ran = await shop.triage(confirmed);
    expect(ran.code).toBe(6);
    expect(ran.stderr).toMatch(/It did not help: after \d+ s it still does not hold\.\nThe old value is back\.\n/);
    expect(shop.selector()).toEqual({ app: 'kart' });
    expect(reportOf(ran).changes).toEqual([expect.objectContaining({ verified: 'not-held', undone: true })]);
    expect(reportOf(ran).verdict.causes[0]).toMatchObject({ certainty: 'certain' });
  });

  it('stays where somebody else has changed the same fields since', async () => {
    const shop = await openBroken({ cure: { app: 'nothing' } });
    const ran = shop.begin(confirmed);
    await eventually(
      'the change',
      () => (/It does not work yet/.test(ran.text('stderr')) ? true : undefined),
      () => ran.text('stderr'),
    );
    shop.meddle({ selector: { app: 'till' } });
    const ended = await ran.ended;
    expect(ended.code).toBe(6);
    expect(ended.stderr).toMatch(/could not be put back\. The same fields were changed by somebody else/);
    expect(ended.stderr).toMatch(/^By hand: kubectl -n shop patch services cart/m);
    expect(shop.selector()).toEqual({ app: 'till' });
  });
});

describe('nothing is changed', () => {
  it.each([
    ['without a yes', fixing, /^To apply it: net-triage run .*--allow-remediation .*--confirm=shop-test\/shop\/cart$/m],
    [
      'for a yes to something else',
      [...fixing, '--confirm=shop-test/shop/till'],
      /--confirm names shop-test\/shop\/till/,
    ],
    ['by a guess', ['--allow-remediation', `--confirm=${target}`], /The verdict is only probable/],
  ])('%s', async (_, flags, sentence) => {
    const shop = await openBroken();
    const ran = await shop.triage(flags);
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringMatching(sentence) });
    expect(ran.stderr).toContain('Nothing was changed.');
    expect(kept(shop)).toEqual([]);
  });

  it('without --allow-remediation, whatever else is said', async () => {
    const shop = await openBroken();
    expect(await shop.triage(['--level', 'probe'])).toMatchObject({ code: 3, stderr: '' });
    expect(await shop.triage([`--confirm=${target}`])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--confirm says yes to a fix, and fixes need --allow-remediation/),
    });
    expect(await shop.triage(['--allow-remediation', '--universe', shop.home.session()])).toMatchObject({ code: 2 });
    expect(shop.sent).toEqual([]);
  });

  it.each([
    [
      'where the right is missing, which is named',
      (dry: boolean) => dry,
      status(
        403,
        'Forbidden',
        'services "cart" is forbidden: User "cashier" cannot patch resource "services" in API group "" in the namespace "shop"',
      ),
      /^Not tried\. The right for it is missing.*\{apiGroups: \[""\], resources: \["services"\], verbs: \["patch"\]\}, namespace shop/m,
    ],
    [
      'where a webhook says no',
      (dry: boolean) => dry,
      status(400, 'BadRequest', 'admission webhook "freeze.example" denied the request: no changes on Sundays'),
      /^Not tried\. A rule of this cluster forbids it.*no changes on Sundays/m,
    ],
    [
      'where the field is refused',
      (dry: boolean) => dry,
      status(422, 'Invalid', 'Service "cart" is invalid: spec.selector: Invalid value'),
      /^Not tried\. The API server does not accept the change.*Invalid value/m,
    ],
    [
      'where it was tried with success and is refused all the same',
      (dry: boolean) => !dry,
      status(
        403,
        'Forbidden',
        'services "cart" is forbidden: User "cashier" cannot patch resource "services" in API group "" in the namespace "shop"',
      ),
      /^Not applied\. The right for it is missing/m,
    ],
  ])('%s', async (_, when, answer, sentence) => {
    const shop = await openBroken({
      instead: (__, response, dry) => {
        if (when(dry)) json(response, answer.code, answer);
        return when(dry);
      },
    });
    const ran = await shop.triage(confirmed);
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringMatching(sentence) });
    expect(shop.selector()).toEqual({ app: 'kart' });
    expect(reportOf(ran).changes).toEqual([expect.objectContaining({ state: 'refused', verified: null })]);
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });

  it('where somebody changes the object between the try and the change', async () => {
    const shop: Shop = await openBroken({
      instead: (_, __, dry) => {
        if (!dry) shop.meddle({ sessionAffinity: 'None' });
        return false;
      },
    });
    const ran = await shop.triage(confirmed);
    expect(ran).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^Not applied\. Somebody has changed the object in the meantime; look again/m),
    });
    expect(shop.selector()).toEqual({ app: 'kart' });
  });

  it('where the connection breaks before the server has done anything: the object is read to know', async () => {
    const shop = await openBroken({
      instead: (_, response, dry) => {
        if (!dry) response.destroy();
        return !dry;
      },
    });
    const ran = await shop.triage(confirmed);
    expect(ran).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^Not applied\. The API server did not answer/m),
    });
  });
});

describe('an answer that is lost', () => {
  it('is unknown where the object cannot be read either, and a line shows it', async () => {
    let gone = false;
    const shop: Shop = await openBroken({
      instead: (_, response, dry) => {
        if (dry) return false;
        gone = true;
        response.destroy();
        void shop.api.close();
        return true;
      },
    });
    const ran = await shop.triage(confirmed);
    expect(gone).toBe(true);
    expect(ran.code).toBe(6);
    expect(ran.stderr).toMatch(
      /\. It is not known whether it was applied. This shows it: kubectl -n shop get services cart -o yaml/,
    );
    expect(fixEvents(shop).find(({ type }) => type === 'fix.applied')).toMatchObject({ data: { state: 'unknown' } });
  });
});

describe('a program that dies while it watches', () => {
  const killed = async (signal: 'SIGKILL' | 'SIGINT') => {
    const shop = await openBroken({ cure: { app: 'nothing' } });
    const ran = shop.begin([...confirmed, '--verify-for', '1m']);
    await eventually(
      'the change',
      () => (/It does not work yet/.test(ran.text('stderr')) ? true : undefined),
      () => ran.text('stderr'),
    );
    ran.child.kill(signal);
    return { shop, ended: await ran.ended };
  };
  const resume = (shop: Shop, more: readonly string[]) =>
    shop.say(['session', 'resume', '1', '--no-input', ...shop.access, ...more]);

  it('leaves a journal that tells, and the next start puts the old value back', async () => {
    const { shop } = await killed('SIGKILL');
    expect(shop.selector()).toEqual({ app: 'cart' });
    const shown = await shop.say(['session', 'show', '1']);
    expect(shown.stdout).toMatch(/The change of shop-test\/shop\/cart stands, and nobody has seen that it helps/);
    expect(shown.stdout).toMatch(/session resume \S+ --allow-remediation --confirm=shop-test\/shop\/cart/);
    expect(await resume(shop, [])).toMatchObject({ code: 6, stderr: expect.stringMatching(/Nothing was changed/) });
    expect(await resume(shop, ['--allow-remediation', '--confirm=shop-test/shop/till'])).toMatchObject({ code: 6 });
    expect(shop.selector()).toEqual({ app: 'cart' });
    const back = await resume(shop, ['--allow-remediation', `--confirm=${target}`]);
    expect(back).toMatchObject({ code: 3, stderr: expect.stringMatching(/The old value is back/) });
    expect(shop.selector()).toEqual({ app: 'kart' });
    expect(typesIn(shop).at(-1)).toBe('fix.undone');
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });

  it('says on Ctrl-C how to put it back, and leaves that to whoever comes next', async () => {
    const { shop, ended } = await killed('SIGINT');
    expect(ended.code).toBe(130);
    expect(ended.stderr).toMatch(/Put the old value back with: .*--allow-remediation --confirm=shop-test\/shop\/cart/);
    expect(shop.selector()).toEqual({ app: 'cart' });
    expect(fixEvents(shop).find(({ type }) => type === 'fix.verified')).toMatchObject({ data: { outcome: 'stopped' } });
  });
});
