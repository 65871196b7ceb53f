import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

const root = join(import.meta.dirname, '../..');
const sources = ['src', 'runbooks', 'causes', 'tools', 'build.ts', 'package.json'];

const newest = (path: string): number => {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const isBuilt = () => {
  const built = join(root, 'dist/cli.mjs');
  return existsSync(built) && statSync(built).mtimeMs > Math.max(...sources.map((name) => newest(join(root, name))));
};

/**
 * Builds the program once per run of the tests, and only when a source is younger than what was built.
 * The tests run a copy, which stays whole also while somebody builds.
 */
export const setup = ({ provide }: TestProject) => {
  if (!isBuilt()) execFileSync(process.execPath, ['build.ts'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const copy = mkdtempSync(join(tmpdir(), 'net-triage-built-'));
  for (const name of ['bin', 'dist', 'practice', 'package.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  provide('program', join(copy, 'bin/net-triage.js'));
  return () => rmSync(copy, { recursive: true, force: true });
};

declare module 'vitest' {
  export interface ProvidedContext {
    readonly program: string;
  }
}
