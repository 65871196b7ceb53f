import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Found, FoundFile } from './catalog.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const files = (folder: string, ending: string): FoundFile[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => basename(name, ending))
    .sort()
    .map((id) => readFound(`${folder}/${id}${ending}`, id));

const readFound = (path: string, id: string): FoundFile => ({
  id,
  path,
  source: readFileSync(join(root, path), 'utf8'),
});

/** Every step file below `src/steps`, as `stage/id`. */
export const stepPaths = (): string[] =>
  readdirSync(join(root, 'src/steps'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((stage) =>
      readdirSync(join(root, 'src/steps', stage.name))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => `${stage.name}/${basename(name, '.ts')}`),
    )
    .sort();

export const phraseFiles = ['src/ui/text.yaml', 'src/commands/text.yaml', 'src/report/text.yaml'] as const;

/**
 * The folders are the registry: whatever lies in them is known, and nothing else is.
 * The build replaces this module by one that carries the same list inlined; a test compares the two.
 */
export const find = async (): Promise<Found> => ({
  steps: await Promise.all(
    stepPaths().map(async (path) => {
      const [stage = '', id = ''] = path.split('/');
      const module = await import(/* @vite-ignore */ pathToFileURL(join(root, `src/steps/${path}.ts`)).href);
      return { id, stage, step: module.default, text: readFound(`src/steps/${path}.text.yaml`, id) };
    }),
  ),
  causes: files('causes', '.yaml').filter((file) => file.id !== 'elimination'),
  runbooks: files('runbooks', '.yaml'),
  elimination: readFound('causes/elimination.yaml', 'elimination'),
  phrases: phraseFiles.map((path) => readFound(path, path)),
});
