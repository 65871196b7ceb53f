import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { parse } from 'yaml';
import { foldersPlugin } from './folders.ts';

/** YAML texts become plain objects: the built program parses none of its own. */
export const yamlPlugin: Plugin = {
  name: 'yaml',
  setup(builder) {
    builder.onLoad({ filter: /\.yaml$/ }, ({ path }) => ({
      contents: JSON.stringify(parse(readFileSync(path, 'utf8'))),
      loader: 'json',
    }));
  },
};

interface Read {
  readonly problems: readonly object[];
  readonly catalog: { readonly steps: Record<string, { text: unknown; step: { stage: string } }> };
}

/** Runs the program's own loader over the folders, as it would run without a build. */
export const readCatalog = async (root: string): Promise<Read> => {
  const folder = mkdtempSync(join(root, 'dist.proven-'));
  try {
    const outfile = join(folder, 'read.mjs');
    await build({
      stdin: {
        contents: `import { find } from './src/catalog/find.ts'; import { load } from './src/catalog/load.ts'; export const read = async () => load(await find());`,
        resolveDir: root,
        loader: 'ts',
      },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      plugins: [yamlPlugin, foldersPlugin(root)],
      logLevel: 'warning',
    });
    const { read } = (await import(pathToFileURL(outfile).href)) as { read(): Promise<Read> };
    return await read();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The module that takes the place of `src/catalog/proven.ts`. A catalog with mistakes fails the build. */
const inlined = async (root: string) => {
  const { problems, catalog } = await readCatalog(root);
  if (problems.length > 0) throw new Error(`The catalog has mistakes:\n${JSON.stringify(problems, null, 2)}`);
  const { steps, ...data } = catalog;
  const ids = Object.entries(steps).map(([id, { step, text }]) => ({
    id,
    text,
    path: join(root, `src/steps/${step.stage}/${id}.ts`),
  }));
  const imports = ids.map(({ path }, index) => `import s${index} from ${JSON.stringify(path)};`);
  const entries = ids.map(
    ({ id, text }, index) =>
      `${JSON.stringify(id)}:{id:${JSON.stringify(id)},step:s${index},text:${JSON.stringify(text)}}`,
  );
  return `${imports.join('\n')}\nexport const proven = async () => ({...${JSON.stringify(data)},steps:{${entries}}});`;
};

export const provenPlugin = (root: string): Plugin => ({
  name: 'proven',
  setup(builder) {
    builder.onLoad({ filter: /src[\\/]catalog[\\/]proven\.ts$/ }, async () => ({
      contents: await inlined(root),
      loader: 'js',
      resolveDir: root,
    }));
  },
});
