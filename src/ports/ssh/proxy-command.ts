import { readHop } from './hop.js';
import { commandLine } from './quote.js';
import { flagsForSsh, type SshFlags } from './settings.js';

/** Never a question, and no key that nobody has seen: holds for every host on the way. */
export const strict = ['-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes', '-o', 'ConnectTimeout=8'] as const;

// Whoever runs a ProxyCommand replaces its tokens, also those of the one within.
const literally = (word: string) => word.replaceAll('%', '%%');

/**
 * What leads to a host behind others, nearest first. `ssh -J` gives none of its own options to the ssh it starts for
 * the hop (ssh(1)): that one would look into the usual files of known hosts, and ask at the terminal. Nor is it heard
 * beside a connection that persists, whence the log.
 */
export const proxyCommand = (flags: SshFlags, jumps: readonly string[], log: string): string | undefined => {
  const last = jumps.at(-1);
  if (last === undefined) return undefined;
  const { user, host, port } = readHop(last);
  const before = proxyCommand(flags, jumps.slice(0, -1), log);
  const argv = [
    ...['ssh', ...flagsForSsh({ ...flags, user, jump: undefined }), ...strict, '-E', log],
    ...(before ? ['-o', `ProxyCommand=${before}`] : []),
    ...(port ? ['-p', port] : []),
  ];
  return commandLine([...argv.map(literally), '-W', '[%h]:%p', literally(host)]);
};
