import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/report.js';
import { openShop } from './support/open-shop.js';
import { eventually, reportOf } from './support/program.js';
import { soundShop } from './support/shop-objects.js';

const journalOf = (folder: string) => {
  const path = join(folder, 'session.ndjson');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};
const linesOf = (folder: string) => journalOf(folder).split('\n').length - 1;

/** A shop that keeps everybody waiting who asks for `hold`, until it is let go. */
const slowShop = async (hold: RegExp) => {
  const waiting = { held: true, asked: 0 };
  const shop = await openShop({
    objects: soundShop,
    instead: ({ url = '' }) => {
      const isHeld = waiting.held && hold.test(url);
      if (isHeld) waiting.asked += 1;
      return isHeld;
    },
  });
  const letGo = () => {
    waiting.held = false;
  };
  return { ...shop, waiting, letGo };
};

/** What a session found out, without when and how long. */
const foundBy = ({ checks, verdict, session: { runbook, flow } }: Report) => ({
  ...{ verdict, runbook, flow },
  checks: checks.map((check) => ({ ...check, durationMs: 0 })),
});

let found: Promise<ReturnType<typeof foundBy>> | undefined;
const lookUndisturbed = async () => foundBy(reportOf(await (await openShop({ objects: soundShop })).triage()));
/** The same for every test: a session that nobody disturbed. */
const undisturbed = () => (found ??= lookUndisturbed());

const goesOn = async (shop: Awaited<ReturnType<typeof slowShop>>) => {
  const [id = ''] = shop.home.ids();
  shop.letGo();
  const resumed = await shop.resume(id);
  expect(resumed).toMatchObject({ code: 5, stderr: '' });
  expect(reportOf(resumed).session.id).toBe(id);
  expect(foundBy(reportOf(resumed))).toEqual(await undisturbed());
  expect(await shop.verify()).toMatchObject({ code: 0 });
};

describe('kill -9', () => {
  // What is held keeps the journal from growing much further than the line that is waited for.
  it.each([
    [1, /services\/cart/],
    [2, /services\/cart/],
    [7, /labelSelector=app/],
    [17, /endpointslices/],
    [25, /never/],
    [45, /never/],
  ])('with %i lines in the journal loses at most the check that was running', async (lines, hold) => {
    const shop = await slowShop(hold);
    const begun = shop.begin();
    await eventually(
      `${lines} lines`,
      () => (linesOf(shop.home.session()) >= lines ? true : undefined),
      () => `${journalOf(shop.home.session())}\n${begun.text('stderr')}`,
    );
    begun.child.kill('SIGKILL');
    expect(await begun.ended).toMatchObject({ signal: 'SIGKILL', stdout: '' });
    if (lines === 7) {
      expect(await shop.verify()).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing changed') });
      expect((await shop.say(['session', 'list'])).stdout).toMatch(new RegExp(`1  ${shop.home.ids()[0]} +running`));
    }
    await goesOn(shop);
  });

  it('before the first line leaves a session that says so', async () => {
    const shop = await slowShop(/version/);
    const begun = shop.begin();
    await eventually(
      'the first request',
      () => (shop.waiting.asked > 0 ? true : undefined),
      () => begun.text('stderr'),
    );
    begun.child.kill('SIGKILL');
    await begun.ended;
    const sentence = /cut before its first event.* Start it anew\./;
    expect(await shop.say(['session', 'list'])).toMatchObject({ code: 0, stdout: expect.stringMatching(sentence) });
    const resumed = await shop.resume();
    expect(resumed).toMatchObject({ code: 2, stderr: expect.stringMatching(sentence) });
    expect(reportOf(resumed).error?.message).toMatch(sentence);
  });
});

describe('a session that is told to end', () => {
  const signals = [
    ['SIGINT', 130, 'interrupted'],
    ['SIGTERM', 143, 'terminated'],
    ['SIGHUP', 143, 'terminated'],
  ] as const;
  const inTheWalk = signals.map((signal) => [...signal, /endpointslices/] as const);
  it.each([...inTheWalk, ['SIGTERM', 143, 'terminated', /version/] as const])(
    'by %s ends with %i and a document, and is gone on with (%s while %s is waited for)',
    async (signal, code, cause, hold) => {
      const shop = await slowShop(hold);
      const begun = shop.begin();
      const ready = () => shop.waiting.asked > 0 && (hold.test('version') || linesOf(shop.home.session()) > 8);
      await eventually(
        'the request that is held',
        () => ready() || undefined,
        () => journalOf(shop.home.session()),
      );
      begun.child.kill(signal);
      const ran = await begun.ended;
      expect(ran).toMatchObject({
        code,
        signal: null,
        stderr: expect.stringContaining(`session resume ${shop.home.ids()[0]}`),
      });
      expect(reportOf(ran)).toMatchObject({ verdict: { result: 'inconclusive' }, error: { code: cause } });
      await goesOn(shop);
    },
  );

  it('by its deadline ends with 124 and a document, and is gone on with', async () => {
    const shop = await slowShop(/endpointslices/);
    const ran = await shop.begin(['--deadline', '1s']).ended;
    expect(ran).toMatchObject({ code: 124, stderr: expect.stringMatching(/^The deadline ended the session/) });
    expect(reportOf(ran)).toMatchObject({ verdict: { result: 'inconclusive' }, error: { code: 'deadline' } });
    await goesOn(shop);
  });
});
