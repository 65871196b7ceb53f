import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { leftFor } from '../../src/commands/leave-screen.js';
import { readOptions, sessionSchema } from '../../src/commands/options.js';
import type { Happening, JournalEvent } from '../../src/domain/journal.js';
import type { Report } from '../../src/domain/report.js';
import { openJournal } from '../../src/journal/append.js';
import { sessionsFolder } from '../../src/journal/folder.js';
import { verifySession } from '../../src/journal/verify.js';
import { formats } from '../../src/report/format.js';
import { cartHappenings, journalOptions, stateDir, writeCartSession } from '../support/session-view.js';
import { fakeIo, run } from './process.js';

const universe = fileURLToPath(new URL('../../practice/wrong-selector/broken.universe.tar.zst', import.meta.url));
const flow = ['--from', 'pod/shop/client', '--to', 'svc/shop/cart', '--level', 'probe'];

/** Runs the recorded incident once; answers with the folders it left. */
const walked = async () => {
  const home = stateDir();
  // The command line is a part of the journal, so it may not name a folder of today.
  const env = { XDG_STATE_HOME: home };
  const ran = await run(['run', ...flow, '--universe', universe, '--no-input', '-o', 'json'], home, { env });
  const replays = join(home, 'net-triage', 'replays');
  const [id = ''] = readdirSync(sessionsFolder(replays));
  return { ran, replays, id, folder: join(sessionsFolder(replays), id) };
};

const whole = await walked();
const lines = readFileSync(join(whole.folder, 'session.ndjson'), 'utf8').trimEnd().split('\n');
const events = lines.map((line) => JSON.parse(line) as JournalEvent);

const foundBy = (text: string) => {
  const { checks, verdict, session } = JSON.parse(text) as Report;
  return { verdict, flow: session.flow, checks: checks.map((check) => ({ ...check, durationMs: 0 })) };
};

/** One journal for each thing a session can have written last, and one whose last line is half there. */
const cuts = [
  ...new Map(
    events.slice(0, -1).map(({ type }, at) => [type, { title: `after ${type}`, kept: at + 1, torn: '' }]),
  ).values(),
  { title: 'in the middle of a line', kept: 4, torn: lines[4]?.slice(0, 60) ?? '' },
  { title: 'in the middle of its last line', kept: lines.length - 1, torn: lines.at(-1)?.slice(0, 30) ?? '' },
];

/** The folder of a session that got so far. */
const prefix = (kept: number, torn: string) => {
  const state = stateDir();
  const folder = join(sessionsFolder(state), whole.id);
  mkdirSync(join(folder, 'evidence'), { recursive: true });
  writeFileSync(join(folder, 'session.ndjson'), `${lines.slice(0, kept).join('\n')}\n${torn}`);
  // What was stored before the kill; the rest is looked at again.
  const stored = events.slice(0, kept).flatMap((event) => (event.type === 'check.finished' ? event.data.evidence : []));
  for (const id of stored)
    copyFileSync(join(whole.folder, 'evidence', `${id}.json`), join(folder, 'evidence', `${id}.json`));
  return { state, folder };
};

const goesOn = async (state: string) => {
  const resumed = await run(
    ['session', 'resume', whole.id, '--universe', universe, '--no-input', '-o', 'json', '--state-dir', state],
    state,
  );
  return { code: resumed.code, ...foundBy(resumed.out) };
};

/** States that only somebody at the keys, or a signal, brings a session into. */
const paused: Happening = { type: 'session.paused', actor: 'operator', data: {} };
const resumed: Happening = { type: 'session.resumed', actor: 'system', data: { machine: 'm', version: '0.1.0' } };
const noted: Happening = { type: 'note.added', actor: 'operator', data: { text: 'the kettle boils' } };
const cost = { requests: 1, bytes: 1, durationMs: 1, commands: 0 };
const interrupted: Happening = {
  type: 'session.ended',
  actor: 'system',
  data: { cause: 'interrupted', exitCode: 130, cost, error: { code: 'interrupted', message: 'Ctrl-C' } },
};
const byHand: readonly (readonly [string, readonly Happening[]])[] = [
  ['paused', [paused]],
  ['gone on with after a pause', [paused, resumed]],
  ['gone on with for the second time', [resumed, resumed]],
  ['written a note to', [noted]],
  ['interrupted', [interrupted]],
  ['gone on with after an interruption', [interrupted, resumed]],
];

describe('a session that was killed', () => {
  it('is tried at every kind of line', () => {
    expect(cuts.map(({ title }) => title)).toEqual(
      expect.arrayContaining(
        ['session.started', 'check.started', 'check.finished', 'concluded', 'verdict'].map((type) => `after ${type}`),
      ),
    );
  });

  it.each(cuts)('$title goes on to the same verdict', async ({ kept, torn }) => {
    const { state, folder } = prefix(kept, torn);
    expect(await goesOn(state)).toEqual({ code: whole.ran.code, ...foundBy(whole.ran.out) });
    expect(verifySession(folder)).toMatchObject({ ok: true });
    const before = readFileSync(join(folder, 'session.ndjson'), 'utf8');
    expect(before.startsWith(`${lines.slice(0, kept).join('\n')}\n`)).toBe(true);
  });

  it('is gone on with from the screen of another, whose flags have been read', async () => {
    const { state, folder } = prefix(Math.floor(lines.length / 2), '');
    const flags = { stateDir: state, universe, input: false, output: 'json', podAccess: 'exec', since: '10m' };
    const options = readOptions(sessionSchema, flags);
    const { io } = fakeIo([], state);
    expect(await leftFor({ to: 'session', id: whole.id }, undefined, { options, io })).toBe(whole.ran.code);
    expect(verifySession(folder)).toMatchObject({ ok: true });
  });

  it.each(byHand)('while it was %s goes on to the same verdict', async (_, happenings) => {
    const { state, folder } = prefix(Math.floor(lines.length / 2), '');
    const journal = openJournal(folder, journalOptions());
    for (const happening of happenings) journal.append(happening);
    journal.close();
    expect(await goesOn(state)).toEqual({ code: whole.ran.code, ...foundBy(whole.ran.out) });
    expect(verifySession(folder)).toMatchObject({ ok: true });
  });
});

describe('a replay', () => {
  it('gives the same bytes in every format and language', async () => {
    const again = await walked();
    expect(again.ran.out).toBe(whole.ran.out);
    for (const format of formats)
      for (const lang of ['en', 'zh-CN']) {
        const show = async ({ replays, id }: typeof whole) =>
          (await run(['session', 'show', id, '-o', format, '--lang', lang, '--state-dir', replays], replays)).out;
        const [one, other] = [await show(whole), await show(again)];
        expect(one.length).toBeGreaterThan(200);
        expect(other).toBe(one);
      }
  });
});

const first = writeCartSession();
const healthy = writeCartSession(
  cartHappenings().filter(({ type }) => type !== 'override' && type !== 'verdict' && type !== 'concluded'),
);

/** Two sessions: 1 is the newer one. */
const home = () => {
  const folder = stateDir();
  const sessions = sessionsFolder(folder);
  mkdirSync(sessions, { recursive: true });
  cpSync(first, join(sessions, '20261101T000000Z-cart'), { recursive: true });
  cpSync(healthy, join(sessions, '20261119T000000Z-cart'), { recursive: true });
  const asked = (...words: readonly string[]) => run(['session', ...words, '--state-dir', folder], folder);
  return { folder, sessions, asked };
};

const bytesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]);

describe('session', () => {
  it('redact shows what it would hide and writes nothing, before it is told where', async () => {
    const { folder, sessions, asked } = home();
    const before = bytesBelow(sessions);
    const shown = await asked('redact', '2', '--redact', 'strict');
    expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('session.ndjson: namespace') });
    expect(shown.err).toContain('Nothing is written');
    expect(shown.out).not.toContain('mira');
    const written = await asked('redact', '2', '--redact', 'strict', '--into', 'for-others');
    expect(written.err.trim()).toBe(join(folder, 'for-others'));
    expect(existsSync(join(folder, 'for-others', 'report.html'))).toBe(true);
    expect(bytesBelow(sessions)).toEqual(before);
    expect(await asked('redact', '2', '--into', 'for-others')).toMatchObject({ code: 2 });
  });

  it.each(['md', 'html', 'json', 'sarif', 'junit', 'short'])(
    'export as %s hides what its profile hides',
    async (format) => {
      const { asked } = home();
      const open = await asked('export', '2', '-o', format);
      const hidden = await asked('export', '2', '-o', format, '--redact', 'strict');
      expect([open.code, hidden.code]).toEqual([0, 0]);
      expect(open.out).toMatch(/web-7d4b9c|shop\/cart|20261121T021404Z-cart/);
      expect(hidden.out).not.toMatch(/web-7d4b9c|shop\/cart|20261121T021404Z-cart|prod-eu-1/);
    },
  );

  it('prune lists first, and removes when told to', async () => {
    const { sessions, asked } = home();
    expect(await asked('prune')).toMatchObject({ code: 2, err: expect.stringContaining('--older-than') });
    const listed = await asked('prune', '--keep', '1');
    expect(listed).toMatchObject({ code: 0, out: 'Would remove 20261101T000000Z-cart\n' });
    expect(readdirSync(sessions)).toHaveLength(2);
    expect(await asked('prune', '--keep', '1', '--yes')).toMatchObject({ out: 'Removed 20261101T000000Z-cart\n' });
    expect(readdirSync(sessions)).toEqual(['20261119T000000Z-cart']);
    expect(await asked('prune', '--older-than', '30d')).toMatchObject({ out: 'Nothing to remove.\n' });
    expect(await asked('prune', '--older-than', '30')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no age'),
    });
  });

  it('diff compares two, for people and for programs', async () => {
    const { asked } = home();
    const told = await asked('diff', '2', '1', '--lang', 'en');
    expect(told.out).toMatch(/^before: FAULT SVC-01.*\nafter: NO VERDICT/);
    const document = JSON.parse((await asked('diff', '2', '1', '-o', 'json')).out) as { before: string; same: number };
    expect(document).toMatchObject({ before: '20261101T000000Z-cart', same: 4 });
    expect(await asked('diff', '2')).toMatchObject({ code: 2, err: expect.stringContaining('name two sessions') });
  });

  it('show --follow tells what was found and ends with the session', async () => {
    const { asked } = home();
    const { code, out } = await asked('show', '2', '--follow', '--lang', 'en');
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('The session ended with a verdict');
    expect(lines.some((line) => line.startsWith('✗ FAIL'))).toBe(true);
    expect(lines.at(-2)).toContain('FAULT SVC-01');
  });

  it('names what there is, where the word is none', async () => {
    const { asked } = home();
    expect(await asked('constructor', '1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('redact, prune or diff'),
    });
  });
});

describe('session show --why', () => {
  const shown = (...words: string[]) =>
    run(['session', 'show', whole.id, ...words, '--state-dir', whole.replays], stateDir());

  it('says what speaks for each candidate and what would change it', async () => {
    const { code, out } = await shown('--why');
    expect(code).toBe(0);
    expect(out).toContain('SVC-01 The selector matches no Pod: certain');
    expect(out).toContain('Would change it');
  });

  it('says of any cause why it is not the answer, and refuses one that there is not', async () => {
    expect((await shown('--why', 'svc-02')).out).toMatch(
      /^SVC-02 .*ruled out\n[\s\S]*Speaks against it\n {4}selects.1: No Pod carries/,
    );
    const refused = await shown('--why', 'SVC-0');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('There is no cause "SVC-0". Near: ');
  });
});
