import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const sources = ['src', 'runbooks', 'causes', 'tools', 'build.ts', 'package.json'];

const newest = (path: string): number => {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};

/** Builds the program once per run of the tests, and only when a source is younger than what was built. */
export const setup = () => {
  const built = join(root, 'dist/cli.mjs');
  const changedAt = Math.max(...sources.map((source) => newest(join(root, source))));
  if (existsSync(built) && statSync(built).mtimeMs > changedAt) return;
  execFileSync(process.execPath, ['build.ts'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
};
