import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import { ended, frame } from '../../ports/live/imitation/exec-server.js';
import { temporaryFolder } from '../../support/temporary.js';

/** Every program that could send something over the network; the scripts of the program itself run as they are. */
const network = ['bash', 'curl', 'dig', 'getent', 'nc', 'nslookup', 'ping', 'wget'];

/** What a node is looked at with. */
const ofNodes = [
  'conntrack',
  'dmesg',
  'ip',
  'iptables-save',
  'ip6tables-save',
  'ipvsadm',
  'journalctl',
  'nft',
  'ss',
  'sysctl',
];

/**
 * A container on this machine: what is executed in it really runs, but finds programs of the test before those
 * that would leave the loopback. They say `words` and fail.
 */
export const shadowedTools = async (words = 'connect to the shop failed') => {
  const folder = await temporaryFolder();
  const saying = join(folder, 'words');
  await writeFile(saying, words);
  const healed = join(folder, 'healed');
  const script = `#!/bin/sh\ntest -e ${healed} && exit 0\ncat ${saying}\ncat ${saying} >&2\nexit 1\n`;
  for (const name of [...network, ...ofNodes]) {
    await writeFile(join(folder, name), script);
    await chmod(join(folder, name), 0o755);
  }
  const exec = (socket: WebSocket, [program = '', ...words]: readonly string[]) => {
    const child = spawn(program, words, {
      env: { PATH: `${folder}:/usr/bin:/bin` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (bytes: Buffer) => socket.send(frame(1, bytes)));
    child.stderr.on('data', (bytes: Buffer) => socket.send(frame(2, bytes)));
    child.on('close', (code) => socket.send(ended(code ?? 1), () => socket.close()));
  };
  /** From now on, or for the time being, the programs find somebody who answers. */
  const heal = (yes: boolean) => (yes ? writeFileSync(healed, '') : rmSync(healed, { force: true }));
  return { exec, heal, folder };
};
