import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'esbuild';

const list = (root: string, folder: string, ending: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    // By what they are called: of a name and a longer one that begins with it, the ending would put the longer one first.
    .map((name) => basename(name, ending))
    .sort()
    .map((id) => ({ id, path: `${folder}/${id}${ending}` }));

const stages = (root: string) =>
  readdirSync(join(root, 'src/steps'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** The module that takes the place of `src/catalog/find.ts`: the same answer, without looking into folders. */
const inlined = (root: string) => {
  const steps = stages(root).flatMap((stage) =>
    list(root, `src/steps/${stage}`, '.ts').map((step) => ({ ...step, stage })),
  );
  const files = {
    causes: list(root, 'causes', '.yaml').filter(({ id }) => id !== 'elimination'),
    runbooks: list(root, 'runbooks', '.yaml'),
    phrases: ['src/ui/text.yaml', 'src/commands/text.yaml', 'src/report/text.yaml'].map((path) => ({ id: path, path })),
  };
  const imports: string[] = [];
  const load = (path: string) => {
    imports.push(`import f${imports.length} from ${JSON.stringify(join(root, path))};`);
    return `f${imports.length - 1}`;
  };
  const file = ({ id, path }: { id: string; path: string }) =>
    `{id:${JSON.stringify(id)},path:${JSON.stringify(path)},data:${load(path)}}`;
  const step = ({ id, stage, path }: { id: string; stage: string; path: string }) =>
    `{id:${JSON.stringify(id)},stage:${JSON.stringify(stage)},step:${load(path)},text:${file({ id, path: path.replace(/\.ts$/, '.text.yaml') })}}`;
  const body = `{steps:[${steps.map(step)}],causes:[${files.causes.map(file)}],runbooks:[${files.runbooks.map(file)}],phrases:[${files.phrases.map(file)}],elimination:${file({ id: 'elimination', path: 'causes/elimination.yaml' })}}`;
  return `${imports.join('\n')}\nexport const find = async () => (${body});`;
};

export const foldersPlugin = (root: string): Plugin => ({
  name: 'folders',
  setup(build) {
    build.onLoad({ filter: /src[\\/]catalog[\\/]find\.ts$/ }, () => ({
      contents: inlined(root),
      loader: 'js',
      resolveDir: root,
    }));
  },
});
