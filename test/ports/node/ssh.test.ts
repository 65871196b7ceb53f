import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CannotLook, sessionClosed } from '../../../src/domain/cannot-look.js';
import { createSshRung, type SshRungOptions } from '../../../src/ports/node/ssh-rung.js';
import type { AskHostKey, ShownKey, Trusting } from '../../../src/ports/ssh/strangers.js';
import { temporaryFolder } from '../../support/temporary.js';
import { never } from '../live/imitation/target.js';
import { operatorBefore } from '../ssh/imitation/operator.js';
import type { SshServer } from '../ssh/imitation/ssh-server.js';

type Habits = Parameters<typeof operatorBefore>[0];

const nodeBefore = async (habits: Habits = {}, more: Partial<SshRungOptions> = {}) => {
  const { server, around, home } = await operatorBefore(habits);
  const about = { flags: {}, around, ask: async () => undefined, nodeOf: async () => ({}), ...more };
  const rung = createSshRung(about);
  onTestFinished(() => rung.close());
  return { server, home, about, rung, open: () => rung.open('till-1', never) };
};
const knownAs = ({ port, hostKey }: SshServer) =>
  `[127.0.0.1]:${port} ${hostKey.type} ${hostKey.getPublicSSH().toString('base64')}`;
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
    expect(await shell.exec({ argv: ['sleep', '60'], deadline: 1_000 }, never)).toMatchObject({ ended: 'timeout' });
    const flood = await shell.exec({ argv: ['yes'], deadline: 20_000, cap: 65_536 }, never);
    expect([flood.ended, flood.stdout.length]).toEqual(['cap', 65_536]);
    const left = new AbortController();
    const running = refused(shell.exec({ argv: ['sleep', '60'], deadline: 20_000 }, left.signal));
    left.abort(new Error('left'));
    expect((await running)?.message).toBe('left');
    expect(await shell.exec({ argv: ['true'], deadline: 5_000 }, never)).toMatchObject({ exitCode: 0 });
  });

  it('connects to nothing once the session is closed', async () => {
    const closing = new AbortController();
    const nodeOf = async () => {
      closing.abort(new CannotLook('lost', sessionClosed));
      return {};
    };
    const { rung, server } = await nodeBefore({}, { nodeOf });
    expect((await refused(rung.open('till-1', closing.signal)))?.message).toContain(sessionClosed);
    expect([server.logins, server.connected()]).toEqual([[], 0]);
  });

  it('ends a connection that is there only after it was closed', async () => {
    const { promise: slow, resolve } = Promise.withResolvers<object>();
    const { rung, server } = await nodeBefore({}, { nodeOf: () => slow });
    const opening = refused(rung.open('till-1', never));
    await rung.close();
    resolve({});
    expect((await opening)?.message).toContain(sessionClosed);
    await expect.poll(() => server.connected()).toBe(0);
  });

  const yes = { argv: ['true'], deadline: 5_000 };
  const died = async (more: Partial<SshRungOptions> = {}) => {
    const { open, server } = await nodeBefore({}, more);
    const shell = await open();
    const running = shell.exec({ argv: ['sleep', '60'], deadline: 20_000 }, never);
    await expect.poll(() => server.commands).toContain('sleep 60');
    server.cut();
    expect(await running).toMatchObject({ ended: 'lost' });
    return { shell, server };
  };

  it('says that it lost a node that died in the middle, and connects once more for what is asked next', async () => {
    const { shell, server } = await died();
    const next = await Promise.all([shell.exec(yes, never), shell.exec(yes, never), shell.exec(yes, never)]);
    expect(next.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    const logins = [...server.logins];
    const running = shell.exec({ argv: ['sleep', '61'], deadline: 20_000 }, never);
    await expect.poll(() => server.commands).toContain('sleep 61');
    server.cut();
    expect(await running).toMatchObject({ ended: 'lost' });
    expect(await refused(shell.exec(yes, never))).toMatchObject({
      code: 'lost',
      message: expect.stringMatching(
        /^The connection to node till-1 .* was lost a second time; a third is not made\.$/,
      ),
    });
    expect(server.logins).toEqual(logins);
  });

  it('says why it could not connect once more, and does not try again', async () => {
    const { shell, server } = await died();
    await server.stop();
    const words = /^The connection to node till-1 .* was lost, and another could not be made: SSH: .* refused the conn/;
    expect((await refused(shell.exec(yes, never)))?.message).toMatch(words);
    expect((await refused(shell.exec(yes, never)))?.message).toMatch(words);
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

  const asking = (answer: Trusting) => {
    const asked: ShownKey[] = [];
    const offers: object[] = [];
    const askHostKey: AskHostKey = async (shown, offer) => {
      asked.push(shown);
      offers.push(offer);
      return answer;
    };
    return { asked, offers, askHostKey };
  };

  it('that is unknown is asked about, and trusted for this session alone', async () => {
    const { asked, offers, askHostKey } = asking('once');
    const annotations = [{ name: 'till.example/print', fingerprint: 'SHA256:other' }];
    const nodeOf = async () => ({ annotations });
    const { open, server, home } = await nodeBefore({ knownHosts: () => '' }, { askHostKey, nodeOf });
    const shells = await Promise.all([open(), open()]);
    expect(shells).toHaveLength(2);
    expect(asked).toMatchObject([
      {
        ...{ host: '127.0.0.1', port: server.port, type: 'ecdsa-sha2-nistp256', name: `[127.0.0.1]:${server.port}` },
        ...{ key: server.hostKey.getPublicSSH().toString('base64') },
        annotations: [{ name: 'till.example/print', isSame: false }],
      },
    ]);
    expect(offers).toEqual([{ remember: false }]);
    expect(readFileSync(`${home}/known_hosts`, 'utf8')).toBe('');
  });

  it('that was remembered is known to the next session, until another is shown', async () => {
    const folder = await temporaryFolder();
    const ownKnownHosts = `${folder}/net-triage/known_hosts`;
    const { askHostKey, offers } = asking('remember');
    const first = await nodeBefore({ knownHosts: () => '' }, { askHostKey, ownKnownHosts });
    await first.open();
    expect(offers).toEqual([{ remember: true }]);
    const line = readFileSync(ownKnownHosts, 'utf8');
    expect(line).toBe(
      `[127.0.0.1]:${first.server.port} ecdsa-sha2-nistp256 ${first.server.hostKey.getPublicSSH().toString('base64')}\n`,
    );
    const silent = asking('once');
    const more = { askHostKey: silent.askHostKey, ownKnownHosts };
    const next = await nodeBefore({ knownHosts: () => '' }, more);
    writeFileSync(ownKnownHosts, line.replace(/]:\d+/, `]:${next.server.port}`));
    expect((await refused(next.open()))?.message).toMatch(/is not the one in known_hosts/);
    expect(silent.asked).toEqual([]);
    writeFileSync(ownKnownHosts, `${knownAs(next.server)}\n`);
    const again = createSshRung({ ...next.about, ...more });
    onTestFinished(() => again.close());
    await again.open('till-1', never);
    expect(silent.asked).toEqual([]);
  });

  it('that somebody does not know either is refused, with the line that would accept it', async () => {
    const { askHostKey } = asking('no');
    const { open, server, home } = await nodeBefore({ knownHosts: () => '' }, { askHostKey });
    expect((await refused(open()))?.message).toContain(
      `ssh-keyscan -p ${server.port} -t ecdsa 127.0.0.1 >> ${home}/known_hosts`,
    );
    expect(server.logins).toEqual([]);
  });

  it('is never asked about where --ssh-known-hosts names the file that counts, except for this session', async () => {
    const { askHostKey, offers } = asking('once');
    const { open, home } = await nodeBefore({ knownHosts: () => '' }, { askHostKey, ownKnownHosts: '/nowhere/known' });
    await open();
    const strict = await nodeBefore(
      { knownHosts: () => '' },
      {
        ...{ askHostKey, ownKnownHosts: '/nowhere/known', flags: { knownHosts: `${home}/known_hosts` } },
      },
    );
    await strict.open();
    expect(offers).toEqual([{ remember: true }, { remember: false }]);
  });

  it('that changed stops everything', async () => {
    const other = 'ecdsa-sha2-nistp256 AAAAC3NzaC1lZDI1NTE5AAAAIG1uAAAA';
    const { asked, askHostKey } = asking('once');
    const knownHosts = ({ port }: { port: number }) => `[127.0.0.1]:${port} ${other}\n`;
    const { open, server } = await nodeBefore({ knownHosts }, { askHostKey });
    expect((await refused(open()))?.message).toMatch(/is not the one in known_hosts.*Nothing was sent/);
    expect([server.logins, asked]).toEqual([[], []]);
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
