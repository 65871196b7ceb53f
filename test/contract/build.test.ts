import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Found, FoundFile } from '../../src/catalog/catalog.js';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { foldersPlugin } from '../../tools/folders.js';
import { temporaryFolder } from '../support/temporary.js';

const root = join(import.meta.dirname, '../..');

/** As the build does it: data instead of text. */
const yaml: Plugin = {
  name: 'yaml',
  setup(builder) {
    builder.onLoad({ filter: /\.yaml$/ }, ({ path }) => ({
      contents: JSON.stringify(parse(readFileSync(path, 'utf8'))),
      loader: 'json',
    }));
  },
};

/** The module that takes the place of `find.ts` in the built program, run as it is there. */
const inlined = async (): Promise<Found> => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/catalog/find.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    plugins: [yaml, foldersPlugin(root)],
  });
  const file = join(await temporaryFolder(), 'find.mjs');
  await writeFile(file, outputFiles[0]?.contents ?? '');
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { find(): Promise<Found> };
  return module.find();
};

const named = (files: readonly FoundFile[]) => files.map(({ id, path }) => ({ id, path }));

describe('the build', { timeout: 60_000 }, () => {
  it('carries the list that the folders give', async () => {
    const [built, there] = [await inlined(), await find()];
    expect(built.steps.map(({ stage, id, text }) => [stage, id, text.path])).toEqual(
      there.steps.map(({ stage, id, text }) => [stage, id, text.path]),
    );
    expect(named(built.causes)).toEqual(named(there.causes));
    expect(named(built.runbooks)).toEqual(named(there.runbooks));
    expect(named(built.phrases)).toEqual(named(there.phrases));
    expect(named([built.elimination])).toEqual(named([there.elimination]));
  });

  it('reads them as the same catalog', async () => {
    const [built, there] = [load(await inlined()), load(await find())];
    expect(built.problems).toEqual([]);
    expect(built.catalog.causes).toEqual(there.catalog.causes);
    expect(built.catalog.elimination).toEqual(there.catalog.elimination);
    expect(built.catalog.runbooks).toEqual(there.catalog.runbooks);
    expect(built.catalog.phrases).toEqual(there.catalog.phrases);
    const words = ({ catalog }: typeof built) => Object.values(catalog.steps).map(({ id, text }) => [id, text]);
    expect(words(built)).toEqual(words(there));
    const outcomes = ({ catalog }: typeof built) => Object.values(catalog.steps).map(({ step }) => step.outcomes);
    expect(outcomes(built)).toEqual(outcomes(there));
  });
});
