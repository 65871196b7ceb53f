import { describe, expect, it, onTestFinished } from 'vitest';
import type { CannotLook } from '../../../src/domain/cannot-look.js';
import { createSshRung, type SshRungOptions } from '../../../src/ports/node/ssh-rung.js';
import { never } from '../live/imitation/target.js';
import { operatorBefore } from '../ssh/imitation/operator.js';

type Habits = Parameters<typeof operatorBefore>[0];

const nodeBefore = async (habits: Habits = {}, more: Partial<SshRungOptions> = {}) => {
  const { server, around, home } = await operatorBefore(habits);
  const rung = createSshRung({
    ...{ flags: {}, around, ask: async () => undefined, addressOf: async () => undefined },
    ...more,
  });
  onTestFinished(() => rung.close());
  return { server, home, rung, open: () => rung.open('till-1', never) };
};
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );

describe('a node behind SSH', () => {
  it('runs what it is asked to, and says what came of it', async () => {
    const { open, server } = await nodeBefore();
    const shell = await open();
    const asked = { argv: ['sh', '-c', 'echo "$1"; echo no >&2; exit 7', 'till', "it's $HOME"], deadline: 5_000 };
    const { ended, exitCode, stdout, stderr } = await shell.exec(asked, never);
    expect({ ended, exitCode, stdout: `${stdout}`, stderr: `${stderr}` }).toEqual({
      ...{ ended: 'status', exitCode: 7, stdout: "it's $HOME\n", stderr: 'no\n' },
    });
    expect(server.logins.slice(-1)).toEqual(['cashier']);
    expect(shell.name).toBe(`node till-1 (cashier@127.0.0.1:${server.port})`);
  });

  it('gives up a program that hangs, a flood, and one that nobody wants any more', async () => {
    const shell = await (await nodeBefore()).open();
    expect(await shell.exec({ argv: ['sleep', '60'], deadline: 200 }, never)).toMatchObject({ ended: 'timeout' });
    const flood = await shell.exec({ argv: ['yes'], deadline: 20_000, cap: 65_536 }, never);
    expect([flood.ended, flood.stdout.length]).toEqual(['cap', 65_536]);
    const left = new AbortController();
    const running = refused(shell.exec({ argv: ['sleep', '60'], deadline: 20_000 }, left.signal));
    left.abort(new Error('left'));
    expect((await running)?.message).toBe('left');
    expect(await shell.exec({ argv: ['true'], deadline: 5_000 }, never)).toMatchObject({ exitCode: 0 });
  });

  it('says that it lost a node that died in the middle', async () => {
    const { open, server } = await nodeBefore();
    const shell = await open();
    const running = shell.exec({ argv: ['sleep', '60'], deadline: 20_000 }, never);
    await expect.poll(() => server.commands).toContain('sleep 60');
    server.cut();
    expect(await running).toMatchObject({ ended: 'lost' });
    expect(await refused(shell.exec({ argv: ['true'], deadline: 1_000 }, never))).toMatchObject({ code: 'lost' });
  });

  it('opens a key with the passphrase it is told, and says so when nobody was asked', async () => {
    const asked: string[] = [];
    const ask = async (file: string) => {
      asked.push(file);
      return 'open sesame';
    };
    const { open, home } = await nodeBefore({ passphrase: 'open sesame' }, { ask });
    await open();
    expect(asked).toEqual([`${home}/id_till`]);
    const silent = await nodeBefore({ passphrase: 'open sesame' });
    expect((await refused(silent.open()))?.message).toMatch(
      /none of the keys.*id_till: it is locked with a passphrase/,
    );
  });

  it('says that no key was accepted', async () => {
    const { open } = await nodeBefore({ stranger: true });
    expect(await refused(open())).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('none of the keys'),
    });
  });
});

describe('a host key', () => {
  it('that is unknown is shown, and nothing is sent', async () => {
    const { open, server } = await nodeBefore({ knownHosts: () => '' });
    const error = await refused(open());
    expect(error).toMatchObject({ name: 'CannotLook', code: 'forbidden' });
    expect(error?.message).toMatch(/not known: it shows ecdsa-sha2-nistp256 SHA256:\S{43}\./);
    expect(server.logins).toEqual([]);
  });

  it('that changed stops everything', async () => {
    const other = 'ecdsa-sha2-nistp256 AAAAC3NzaC1lZDI1NTE5AAAAIG1uAAAA';
    const { open, server } = await nodeBefore({ knownHosts: ({ port }) => `[127.0.0.1]:${port} ${other}\n` });
    expect((await refused(open()))?.message).toMatch(/is not the one in known_hosts.*Nothing was sent/);
    expect(server.logins).toEqual([]);
  });
});

it('says who refuses when nobody listens', async () => {
  const { open, server } = await nodeBefore();
  const { port } = server;
  await server.stop();
  expect(await refused(open())).toMatchObject({
    code: 'lost',
    message: `SSH: cashier@127.0.0.1:${port} refused the connection: no SSH server listens there.`,
  });
});

it('leaves to ssh itself what ssh2 does not speak, and passes on its words', async () => {
  const { open } = await nodeBefore({ settings: ['proxycommand nc %h %p'] });
  // The ssh of this test only prints settings, and ends well.
  const shell = await open();
  const { exitCode, stdout } = await shell.exec({ argv: ['true'], deadline: 5_000 }, never);
  expect([exitCode, `${stdout}`]).toEqual([0, expect.stringContaining('proxycommand nc')]);
});
