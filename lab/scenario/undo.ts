import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../cluster/plan.ts';
import { run } from '../machine/run.ts';

/** Commands that take back what a fault did outside of the cluster. Kept in a file, so that another process can run them after a crash. */
export class Undo {
  readonly #file: string;

  constructor(lab: Lab, fault: string) {
    this.#file = join(lab.dir, `${fault}.undo.json`);
  }

  add(argv: readonly string[]): void {
    writeFileSync(this.#file, JSON.stringify([argv, ...commandsIn(this.#file)]));
  }

  async run(): Promise<void> {
    await undoFile(this.#file);
  }
}

/** For a lab that is taken down while something is broken. */
export async function undoAll(lab: Lab): Promise<void> {
  for (const file of globSync('*.undo.json', { cwd: lab.dir })) await undoFile(join(lab.dir, file));
}

async function undoFile(file: string): Promise<void> {
  for (const argv of commandsIn(file)) await run(argv); // a program that has ended already cannot be ended again
  rmSync(file, { force: true });
}

function commandsIn(file: string): string[][] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as string[][];
  } catch {
    return [];
  }
}
