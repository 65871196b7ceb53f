import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/report.js';
import { verifySession } from '../../src/journal/verify.js';
import { freshHome } from './support/home.js';
import { document, openShop } from './support/open-shop.js';
import { eventually, reportOf, run, type start } from './support/program.js';
import { soundShop } from './support/shop-objects.js';

const journalOf = (folder: string) => {
  const path = join(folder, 'session.ndjson');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};
const linesOf = (folder: string) => journalOf(folder).split('\n').length - 1;

/** A shop that keeps everybody waiting who asks for what is held, until that is let go. */
const slowShop = async (hold: RegExp) => {
  const waiting: [IncomingMessage, ServerResponse][] = [];
  const held = { what: hold as RegExp | undefined };
  const shop = await openShop({
    objects: soundShop,
    instead: (request, response) => {
      const isHeld = held.what?.test(request.url ?? '') ?? false;
      if (isHeld) waiting.push([request, response]);
      return isHeld;
    },
  });
  /** Answers whoever waits, and holds something else or nothing. */
  const holdNow = (what?: RegExp) => {
    held.what = what;
    for (const [request, response] of waiting.splice(0)) shop.api.server.emit('request', request, response);
  };
  return { ...shop, waiting, holdNow };
};
type SlowShop = Awaited<ReturnType<typeof slowShop>>;

/** What a session found out, without when and how long. */
const foundBy = ({ checks, verdict, session: { runbook, flow } }: Report) => ({
  ...{ verdict, runbook, flow },
  checks: checks.map((check) => ({ ...check, durationMs: 0 })),
});

let found: Promise<ReturnType<typeof foundBy>> | undefined;
const lookUndisturbed = async () => foundBy(reportOf(await (await openShop({ objects: soundShop })).triage()));
/** The same for every test: a session that nobody disturbed. */
const undisturbed = () => (found ??= lookUndisturbed());

/** That the session in this home goes on, and comes to what it would have come to. */
const goesOn = async (shop: SlowShop, home: Pick<SlowShop['home'], 'env' | 'ids' | 'session'> = shop.home) => {
  const [id = ''] = home.ids();
  const resumed = await run(['session', 'resume', id, ...document, ...shop.access], home);
  expect(resumed).toMatchObject({ code: 5, stderr: '' });
  expect(reportOf(resumed).session.id).toBe(id);
  expect(foundBy(reportOf(resumed))).toEqual(await undisturbed());
  expect(verifySession(home.session())).toMatchObject({ ok: true, badLine: null, badFiles: [] });
};

/** The letter of proc(5) behind the name of the program; a machine without /proc has `ps` instead. */
const stateOf = (pid: number) =>
  existsSync('/proc/self/stat')
    ? readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')
    : execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' });

const standsStill = ({ pid = 0 }: ReturnType<typeof start>['child']) => stateOf(pid).startsWith('T');

/**
 * The disk as kill -9 would leave it now: a process that is stopped writes no more than one that is dead.
 * Goes on with the process afterwards.
 */
const copyOfStopped = async ({ home }: SlowShop, { child }: ReturnType<typeof start>) => {
  child.kill('SIGSTOP');
  await eventually(
    'a process that stands still',
    () => standsStill(child) || undefined,
    () => '',
  );
  const copy = await freshHome();
  cpSync(home.state, copy.state, { recursive: true });
  child.kill('SIGCONT');
  return copy;
};

const reaches = (lines: number, shop: SlowShop, begun: ReturnType<typeof start>) =>
  eventually(
    `${lines} lines`,
    () => linesOf(shop.home.session()) >= lines || undefined,
    () => `${journalOf(shop.home.session())}\n${begun.text('stderr')}`,
  );

// What is held keeps the journal from growing much further than the line that is waited for.
const moments = [
  [1, /services\/cart/],
  [2, /services\/cart/],
  [7, /labelSelector=app/],
  [17, /endpointslices/],
  [25, undefined],
] as const;

describe('kill -9', () => {
  it('loses at most the check that was running, however long the journal was', async () => {
    const shop = await slowShop(moments[0][1]);
    const begun = shop.begin();
    const left: { lines: number; home: Awaited<ReturnType<typeof freshHome>> }[] = [];
    for (const [lines, hold] of moments) {
      shop.holdNow(hold);
      await reaches(lines, shop, begun);
      left.push({ lines, home: await copyOfStopped(shop, begun) });
    }
    await reaches(45, shop, begun);
    begun.child.kill('SIGKILL');
    expect(await begun.ended).toMatchObject({ signal: 'SIGKILL', stdout: '' });
    for (const { lines, home } of [...left, { lines: 45, home: shop.home }]) {
      expect(linesOf(home.session())).toBeGreaterThanOrEqual(lines);
      expect(journalOf(home.session())).not.toContain('session.ended');
      if (lines === 7) {
        expect(await run(['session', 'verify', '1'], home)).toMatchObject({
          code: 0,
          stdout: expect.stringContaining('nothing changed'),
        });
        expect((await run(['session', 'list'], home)).stdout).toMatch(new RegExp(`1  ${home.ids()[0]} +running`));
      }
      await goesOn(shop, home);
    }
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });

  it('before the first line leaves a session that says so', async () => {
    const shop = await slowShop(/version/);
    const begun = shop.begin();
    await eventually(
      'the first request',
      () => (shop.waiting.length > 0 ? true : undefined),
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
      const ready = () => shop.waiting.length > 0 && (hold.test('version') || linesOf(shop.home.session()) > 8);
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
      shop.holdNow();
      await goesOn(shop);
    },
  );

  it('by its deadline ends with 124 and a document, and is gone on with', async () => {
    const shop = await slowShop(/endpointslices/);
    const ran = await shop.begin(['--deadline', '1s']).ended;
    expect(ran).toMatchObject({ code: 124, stderr: expect.stringMatching(/^The deadline ended the session/) });
    expect(reportOf(ran)).toMatchObject({ verdict: { result: 'inconclusive' }, error: { code: 'deadline' } });
    shop.holdNow();
    await goesOn(shop);
  });
});
