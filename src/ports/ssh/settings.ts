import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** How the operator wants nodes to be reached, as the command line says it. */
export interface SshFlags {
  readonly config?: string | undefined;
  readonly user?: string | undefined;
  readonly identity?: string | undefined;
  readonly knownHosts?: string | undefined;
  readonly jump?: string | undefined;
}

/** What ssh(1) would do for one host, after its configuration files. */
export interface HostSettings {
  readonly hostname: string;
  readonly port: number;
  readonly user: string;
  readonly identityFiles: readonly string[];
  readonly identitiesOnly: boolean;
  /** A socket, `SSH_AUTH_SOCK` or `none`. */
  readonly identityAgent: string;
  readonly knownHosts: readonly string[];
  readonly hostKeyAlias?: string | undefined;
  /** Hosts on the way, nearest first, each `[user@]host[:port]`. */
  readonly jumps: readonly string[];
  /** Something of it takes ssh itself. */
  readonly beyond?: string | undefined;
}

const run = promisify(execFile);
const patience = 10_000;

// The option takes several files and replaces tokens (ssh_config(5)).
const oneFile = (path: string) => {
  const file = path.replaceAll('%', '%%');
  return /\s/.test(file) ? `"${file}"` : file;
};

/** The same words for `ssh -G` and for ssh itself, so that both go the same way. */
export const flagsForSsh = ({ config, user, identity, knownHosts, jump }: SshFlags): string[] => [
  ...(config ? ['-F', config] : []),
  ...(user ? ['-l', user] : []),
  ...(identity ? ['-i', identity, '-o', 'IdentitiesOnly=yes'] : []),
  ...(knownHosts ? ['-o', `UserKnownHostsFile=${oneFile(knownHosts)}`, '-o', 'GlobalKnownHostsFile=/dev/null'] : []),
  ...(jump ? ['-J', jump] : []),
];

const words = (text = '') => text.split(/\s+/).filter((word) => word !== '' && word !== 'none');
const atHome = (path: string, home: string) => (path.startsWith('~/') ? join(home, path.slice(2)) : path);

/** `ssh -G HOST`: one "key value" per line, keys in small letters, some of them several times. */
export const readSettings = (text: string, home: string): HostSettings => {
  const lines = text.split('\n').map((line) => line.trim());
  const all = (key: string) =>
    lines.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1).trim());
  const one = (key: string) => all(key)[0];
  const [command] = words(one('proxycommand'));
  const certificates = all('certificatefile').filter((file) => file !== 'none');
  return {
    hostname: one('hostname') ?? '',
    port: Number(one('port') ?? 22) || 22,
    user: one('user') ?? '',
    identityFiles: all('identityfile')
      .filter((file) => file !== 'none')
      .map((file) => atHome(file, home)),
    identitiesOnly: one('identitiesonly') === 'yes',
    identityAgent: one('identityagent') ?? 'SSH_AUTH_SOCK',
    knownHosts: [...words(one('userknownhostsfile')), ...words(one('globalknownhostsfile'))].map((file) =>
      atHome(file, home),
    ),
    hostKeyAlias: one('hostkeyalias'),
    jumps: words(one('proxyjump')?.replaceAll(',', ' ')),
    beyond: command ? 'ProxyCommand' : certificates[0] && 'CertificateFile',
  };
};

/** What holds where there is no ssh to ask: the flags and what OpenSSH does by itself. */
const withoutSsh = (host: string, flags: SshFlags, { env, home }: Surroundings): HostSettings => {
  const own = (name: string) => join(home, '.ssh', name);
  return {
    hostname: host,
    port: 22,
    user: flags.user ?? env.USER ?? 'root',
    identityFiles: flags.identity ? [flags.identity] : ['id_rsa', 'id_ecdsa', 'id_ed25519'].map(own),
    identitiesOnly: flags.identity !== undefined,
    identityAgent: 'SSH_AUTH_SOCK',
    knownHosts: flags.knownHosts ? [flags.knownHosts] : [own('known_hosts'), '/etc/ssh/ssh_known_hosts'],
    jumps: flags.jump ? flags.jump.split(',') : [],
  };
};

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/**
 * The operator's own settings for a host. ssh reads its files itself, with Include, Match and tokens.
 * @throws Error with the words of ssh where a file of its cannot be read
 */
export const settingsOf = async (host: string, flags: SshFlags, around: Surroundings): Promise<HostSettings> => {
  const argv = ['-G', ...flagsForSsh(flags), host];
  const env = { ...around.env, HOME: around.home, LC_ALL: 'C' };
  try {
    const { stdout } = await run('ssh', argv, { env, timeout: patience, maxBuffer: 1 << 20 });
    // ssh takes the home from the password file, whatever HOME says.
    const found = readSettings(stdout, homedir());
    // A list of files is printed without quotes: the one of the flag is known as it is.
    return flags.knownHosts ? { ...found, knownHosts: [flags.knownHosts] } : found;
  } catch (error) {
    if (isMissing(error)) return withoutSsh(host, flags, around);
    const said = (error as { stderr?: string }).stderr?.trim();
    throw new Error(said || String(error));
  }
};
