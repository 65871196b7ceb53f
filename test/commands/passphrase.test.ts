import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { Io } from '../../src/commands/io.js';
import { readOptions, sessionSchema } from '../../src/commands/options.js';
import { askPassphrases } from '../../src/commands/passphrase.js';
import { makeKey } from '../ports/ssh/imitation/ssh-server.js';
import { temporaryFolder } from '../support/temporary.js';

const atDesk = async (typed: string, flags: object = {}, isTTY = true) => {
  const home = await temporaryFolder();
  const identity = join(home, 'id_till');
  await writeFile(identity, makeKey('open sesame').private);
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  stdin.write(typed);
  const options = readOptions(sessionSchema, { level: 'node', sshIdentity: identity, ...flags });
  const io = { stdin, stderr, home, env: { PATH: home } } as unknown as Io;
  const answers = await askPassphrases(options, io);
  stderr.end();
  return { answers, identity, shown: await text(stderr) };
};

it('asks for a locked key, and never shows what is typed', async () => {
  const { answers, identity, shown } = await atDesk('open sesame\n');
  expect([...answers]).toEqual([[identity, 'open sesame']]);
  expect(shown).toBe(`Passphrase of ${identity} (empty: leave it shut): \n`);
});

it('leaves a key shut when nothing is typed', async () => {
  expect((await atDesk('\n')).answers.size).toBe(0);
});

it.each([
  ['below level node', { level: 'probe' }, true],
  ['where nodes are not entered by SSH', { nodeAccess: 'pod' }, true],
  ['where nobody sits', {}, false],
])('asks nothing %s', async (_, flags, isTTY) => {
  expect((await atDesk('', flags, isTTY)).shown).toBe('');
});
