import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SHOTS } from '../../../lab/corpus/shots.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/corpus');
interface Index {
  versions: Record<string, string>;
  files: { file: string; argv: string[]; profile: string; state: string }[];
}
const { files, versions } = JSON.parse(readFileSync(join(FOLDER, 'index.json'), 'utf8')) as Index;

const onDisk = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file !== 'index.json' && statSync(join(FOLDER, file)).isFile(),
);

it('tells of every recording how it was made', () => {
  expect(files.map(({ file }) => file).toSorted()).toEqual(onDisk.toSorted());
  expect(Object.values(versions).filter((version) => version === '')).toEqual([]);
});

it('has every cluster and fault that is to be recorded', () => {
  const states = new Set(files.map(({ profile, state }) => `${profile} ${state}`));
  const wanted = SHOTS.map(({ profile, fault }) => `${profile} ${fault ?? 'healthy'}`);
  expect(wanted.filter((state) => !states.has(state))).toEqual([]);
});

it('holds no secret', () => {
  const secret = /PRIVATE KEY|eyJ[A-Za-z0-9_-]{20,}/;
  expect(onDisk.filter((file) => secret.test(readFileSync(join(FOLDER, file), 'utf8')))).toEqual([]);
});
