import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../support/temporary.js';
import { keyOf, makeKey, type SshServer, startSshServer } from './ssh-server.js';

interface Habits {
  /** Lines that `ssh -G` would say beside the usual ones. */
  readonly settings?: readonly string[];
  readonly knownHosts?: (server: SshServer) => string;
  readonly passphrase?: string;
  /** The key of somebody else. */
  readonly stranger?: boolean;
  /** A folder whose programs the node finds before its own. */
  readonly programs?: string;
  /** What the operator's own ssh says when it gives up, where it is asked for more than its settings. */
  readonly givesUp?: string;
}

const trusting = ({ port, hostKey }: SshServer) =>
  `[127.0.0.1]:${port} ${hostKey.type} ${hostKey.getPublicSSH().toString('base64')}\n`;

/** Somebody with a key, a known_hosts file and settings, before one server that knows the key. */
export const operatorBefore = async ({
  settings = [],
  knownHosts = trusting,
  passphrase,
  stranger,
  programs,
  givesUp,
}: Habits = {}) => {
  const home = await temporaryFolder();
  const pair = makeKey(passphrase);
  const env = programs === undefined ? process.env : { PATH: `${programs}:/usr/sbin:/usr/bin:/sbin:/bin` };
  const server = await startSshServer(keyOf(stranger ? makeKey().private : `${pair.public} till`), env);
  const at = (name: string) => join(home, name);
  await writeFile(at('id_till'), pair.private);
  await writeFile(at('known_hosts'), knownHosts(server));
  const said = [
    ...['hostname 127.0.0.1', `port ${server.port}`, 'user cashier', 'identityagent none'],
    ...[`identityfile ${at('id_till')}`, `userknownhostsfile ${at('known_hosts')}`, ...settings],
  ];
  const settled = `cat <<'END'\n${said.join('\n')}\nEND\n`;
  const ends = givesUp === undefined ? '' : `[ "$1" = -G ] || { echo '${givesUp}' >&2; exit 255; }\n`;
  const script = `#!/bin/sh\n${ends}${settled}`;
  await writeFile(at('ssh'), script, { mode: 0o755 });
  return { server, home, around: { env: { PATH: `${home}:/usr/bin:/bin` }, home } };
};
