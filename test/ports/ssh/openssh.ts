import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../support/temporary.js';

const run = promisify(execFile);
const server = '/usr/sbin/sshd';
const separation = '/run/sshd';

const mayServe = () => {
  if (process.platform !== 'linux' || !existsSync(server)) return false;
  // Only a server of root wants the folder, which is made when its service starts.
  if (userInfo().uid !== 0 || existsSync(separation)) return true;
  try {
    mkdirSync(separation, { mode: 0o755 });
    return true;
  } catch {
    return false;
  }
};
export const hasOpenSsh = mayServe();

const makeKey = async (file: string) => {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'till', '-f', file]);
  return readFile(`${file}.pub`, 'utf8');
};

const freePort = async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  await new Promise((resolve) => taken.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
};

/** The processes that serve connections now; the one that listens is none of them. */
const childrenOf = (pid: number) => {
  try {
    const found = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return found === '' ? [] : found.split(' ').map(Number);
  } catch {
    return [];
  }
};

/** One real sshd for the user of this process, who holds its key and a certificate; `line` is for known_hosts. */
export const startOpenSsh = async () => {
  const folder = await temporaryFolder();
  const at = (name: string) => join(folder, name);
  const port = await freePort();
  const [hostKey, key] = await Promise.all([makeKey(at('host')), makeKey(at('id_till')), makeKey(at('authority'))]);
  const user = userInfo().username;
  await run('ssh-keygen', ['-q', '-s', at('authority'), '-I', 'till', '-n', user, at('id_till.pub')]);
  await writeFile(at('authorized_keys'), key);
  const settings = [
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${at('host')}`, 'PidFile none', 'UsePAM no'],
    ...[`AuthorizedKeysFile ${at('authorized_keys')}`, `TrustedUserCAKeys ${at('authority.pub')}`, 'StrictModes no'],
    ...['PasswordAuthentication no', 'PermitRootLogin prohibit-password', 'PrintMotd no'],
  ];
  await writeFile(at('sshd_config'), `${settings.join('\n')}\n`);
  const listener = spawn(server, ['-D', '-e', '-f', at('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  listener.stderr.on('data', (bytes: Buffer) => {
    said += bytes;
  });
  const children = () => childrenOf(listener.pid ?? 0);
  const kill = () => {
    const serving = children();
    for (const pid of serving) process.kill(pid, 'SIGKILL');
    return serving.length;
  };
  const stop = () => {
    // Orphans would not be found any more.
    kill();
    listener.kill('SIGKILL');
  };
  onTestFinished(stop);
  await expect.poll(() => said).toContain('Server listening');
  const [type, blob] = hostKey.split(' ');
  return { folder, port, user, identity: at('id_till'), line: `[127.0.0.1]:${port} ${type} ${blob}\n`, kill, stop };
};
export type OpenSsh = Awaited<ReturnType<typeof startOpenSsh>>;
