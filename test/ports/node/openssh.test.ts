import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CannotLook } from '../../../src/domain/cannot-look.js';
import { createSshRung } from '../../../src/ports/node/ssh-rung.js';
import type { SshFlags } from '../../../src/ports/ssh/settings.js';
import { temporaryFolder } from '../../support/temporary.js';
import { never } from '../live/imitation/target.js';
import { hasOpenSsh, type OpenSsh, startOpenSsh } from '../ssh/openssh.js';

const host = (name: string, { port, user, identity }: OpenSsh, more: readonly string[] = []) =>
  [
    ...[`Host ${name}`, 'HostName 127.0.0.1', `Port ${port}`, `User ${user}`, `IdentityFile ${identity}`],
    ...['IdentitiesOnly yes', 'IdentityAgent none', ...more],
  ].join('\n  ');

// What ssh2 does not speak: then the operator's own ssh goes.
const certificate = ({ identity }: OpenSsh) => `CertificateFile ${identity}-cert.pub`;

interface Wanted {
  readonly blocks: readonly string[];
  /** The operator's own file. */
  readonly knownHosts?: string;
  readonly flags?: SshFlags;
}

const operator = async ({ blocks, knownHosts = '', flags = {} }: Wanted) => {
  const home = await temporaryFolder();
  const own = join(home, 'own_known_hosts');
  await writeFile(own, knownHosts);
  const config = join(home, 'config');
  const usual = `Host *\n  UserKnownHostsFile ${own}\n  GlobalKnownHostsFile /dev/null\n`;
  await writeFile(config, `${blocks.join('\n')}\n${usual}`);
  const around = { env: { PATH: process.env.PATH, SHELL: '/bin/sh' }, home };
  const rung = createSshRung({
    ...{ flags: { config, ...flags }, around, ask: async () => undefined, nodeOf: async () => ({}) },
  });
  onTestFinished(() => rung.close());
  return { home, open: () => rung.open('till-1', never) };
};
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );
const said = { argv: ['echo', 'here'], deadline: 10_000 };
const sleeps = ['sh', '-c', 'echo started; sleep 3'];

describe.skipIf(!hasOpenSsh)('a node behind a real OpenSSH', () => {
  it.each([
    ['ssh2', () => []],
    ['the ssh of the operator', (server: OpenSsh) => [certificate(server)]],
  ] as const)('that dies in the middle is connected to again by %s', async (_, more) => {
    const server = await startOpenSsh();
    const { open } = await operator({ blocks: [host('till-1', server, more(server))], knownHosts: server.line });
    const shell = await open();
    const started = Promise.withResolvers<void>();
    const running = shell.exec({ argv: sleeps, deadline: 10_000, onStdout: () => started.resolve() }, never).then(
      ({ ended }) => ended as string,
      (error: CannotLook) => error.code,
    );
    await started.promise;
    expect(server.kill()).toBeGreaterThan(0);
    expect(await running).toBe('lost');
    const next = await shell.exec(said, never);
    expect([next.exitCode, `${next.stdout}`]).toEqual([0, 'here\n']);
  });

  it('that dies for good says so in one line', async () => {
    const server = await startOpenSsh();
    const { open } = await operator({ blocks: [host('till-1', server)], knownHosts: server.line });
    const shell = await open();
    server.stop();
    await expect
      .poll(async () => (await refused(shell.exec(said, never)))?.message)
      .toMatch(
        /^The connection to node till-1 .* was lost, and another could not be made: SSH: .*refused the connection/,
      );
  });

  describe('and --ssh-known-hosts for the ssh of the operator', () => {
    it('counts alone, also under a name with a blank', async () => {
      const server = await startOpenSsh();
      const folder = join(server.folder, 'my keys');
      await mkdir(folder);
      const [good, empty] = [join(folder, 'good 100%'), join(folder, 'empty')];
      await Promise.all([writeFile(good, server.line), writeFile(empty, '')]);
      const blocks = [host('till-1', server, [certificate(server)])];
      const { open } = await operator({ blocks, flags: { knownHosts: good } });
      expect(`${(await (await open()).exec(said, never)).stdout}`).toBe('here\n');
      const strict = await operator({ blocks, knownHosts: server.line, flags: { knownHosts: empty } });
      expect(await refused(strict.open())).toMatchObject({
        ...{ name: 'CannotLook', code: 'forbidden' },
        message: expect.stringMatching(/^ssh: Host key verification failed\. It is not known;/),
      });
    });

    it('counts for the hosts on the way as well', async () => {
      const [door, till] = await Promise.all([startOpenSsh(), startOpenSsh()]);
      const known = join(door.folder, 'known');
      await writeFile(known, `${door.line}${till.line}`);
      const blocks = [host('door', door, [certificate(door)]), host('till-1', till, [certificate(till)])];
      const { open } = await operator({ blocks, flags: { knownHosts: known, jump: 'door' } });
      expect(`${(await (await open()).exec(said, never)).stdout}`).toBe('here\n');
      await writeFile(known, till.line);
      const strict = await operator({ blocks, knownHosts: door.line, flags: { knownHosts: known, jump: 'door' } });
      expect(await refused(strict.open())).toMatchObject({
        ...{ name: 'CannotLook', code: 'forbidden' },
        message: expect.stringMatching(/Host key verification failed/),
      });
    });
  });
});
