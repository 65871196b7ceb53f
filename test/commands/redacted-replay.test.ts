import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFault } from '../../lab/scenario/find.ts';
import { writeEnd } from '../../src/domain/ends.js';
import { reportSchema } from '../../src/domain/report.js';
import { foldJournal } from '../../src/journal/fold.js';
import { readJournal } from '../../src/journal/read.js';
import { verifySession } from '../../src/journal/verify.js';
import { unpackUniverse } from '../../src/ports/universe/pack.js';
import { temporaryFolder } from '../support/temporary.js';
import { run } from './process.js';

const FOLDER = join(import.meta.dirname, '../../practice');
const recordings = globSync('*/broken.universe.tar.zst', { cwd: FOLDER }).toSorted();

const document = ['run', '--no-input', '-o', 'json', '--level', 'probe'];

/** A session as it lies in the folder of who had the cluster: walked, with its recording. */
const sessionOf = async (file: string) => {
  const home = await temporaryFolder();
  const { flow } = await findFault(dirname(file));
  const ends = ['--from', flow.from, '--to', flow.to];
  await run([...document, ...ends, '--universe', join(FOLDER, file), '--state-dir', home], home);
  const state = join(home, 'net-triage/replays');
  const [id = ''] = readdirSync(join(state, 'net-triage/sessions'));
  const folder = join(state, 'net-triage/sessions', id);
  await unpackUniverse(join(FOLDER, file), join(folder, 'universe'));
  return { home, state, folder };
};

const redactedOf = async ({ home, state }: { home: string; state: string }, profile: string) => {
  const words = ['session', 'redact', '1', '--redact', profile, '--into', 'for-others', '--state-dir', state];
  const said = await run(words, home);
  return { said, bundle: join(home, 'for-others') };
};

const replayed = async (bundle: string, home: string) => {
  const { header } = foldJournal(readJournal(bundle).events);
  if (!header) throw new Error('the redacted journal has no first line');
  const ends = ['--from', writeEnd(header.asked.from), '--to', writeEnd(header.asked.to)];
  const { out } = await run([...document, ...ends, '--universe', bundle, '--state-dir', home], home);
  return reportSchema.parse(JSON.parse(out));
};

const everythingIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n');

/** Real addresses of Pods, which the lab has in 10.244.0.0/16. */
const podAddresses = (text: string) => new Set(text.match(/\b10\.244\.[1-9]\d{0,2}\.(?:[2-9]|\d\d\d?)\b/g) ?? []);

describe('a bundle for others', () => {
  it.each(recordings)(
    '%s, strictly redacted: whole, without the names of the cluster, and its replay comes to the same verdict',
    async (file) => {
      const session = await sessionOf(file);
      const { said, bundle } = await redactedOf(session, 'strict');
      expect(said).toMatchObject({ code: 0 });
      expect(verifySession(bundle)).toMatchObject({ ok: true });
      const told = reportSchema.parse(JSON.parse(readFileSync(join(bundle, 'report.json'), 'utf8')));
      const again = await replayed(bundle, session.home);
      expect(again.verdict).toEqual(told.verdict);
      expect(again.checks.map(({ id, outcome }) => [id, outcome])).toEqual(
        told.checks.map(({ id, outcome }) => [id, outcome]),
      );
      const [open, hidden] = [everythingIn(session.folder), everythingIn(bundle)];
      expect(open).toMatch(/\bnode-[abc]\b/);
      expect(hidden).not.toMatch(/\bnode-[abc]\b/);
      const before = [...podAddresses(open)];
      const left = before.filter((address) => podAddresses(hidden).has(address));
      // A stand-in may happen to be an address that somebody else had.
      expect(left.length).toBeLessThanOrEqual(Math.ceil(before.length / 4));
    },
    120_000,
  );
});
