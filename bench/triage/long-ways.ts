import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sshFile } from '../../lab/access/ssh-keys.ts';
import { type Lab, NODES, within } from '../../lab/cluster/plan.ts';

const PROGRAM = join(import.meta.dirname, 'long-way.ts');

export interface LongWays {
  /** An ssh configuration in which the nodes are that far away. */
  config: string;
  end(): void;
}

/** A way of `milliseconds` in each direction to every node of the lab, from its bastion. */
export async function longWays(lab: Lab, milliseconds: number): Promise<LongWays> {
  const ways = NODES.map(({ name, address }) => {
    const argv = [...within(lab, 'bastion'), process.execPath, PROGRAM, address, '22', String(milliseconds)];
    return { name, way: spawn(argv[0] ?? '', argv.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] }) };
  });
  const hosts = await Promise.all(
    ways.map(async ({ name, way }) => {
      const [port] = (await once(createInterface(way.stdout), 'line')) as [string];
      return `Host ${name}\n  HostName 127.0.0.1\n  Port ${port}\n  HostKeyAlias ${name}\n`;
    }),
  );
  const config = join(lab.dir, 'bench-ssh-config');
  writeFileSync(config, `${hosts.join('')}${readFileSync(sshFile(lab, 'config'), 'utf8')}`);
  return { config, end: () => ways.forEach(({ way }) => void way.stdin.end()) };
}
