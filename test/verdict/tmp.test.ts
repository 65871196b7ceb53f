import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { parse } from 'yaml';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { cycleWithoutQuestion, pathsOverAllEdges, reachable } from '../../src/catalog/paths.js';
import { runbookSchema } from '../../src/domain/runbook.js';

const found = async () => {
  const fs = await import('node:fs');
  const { stepPaths } = await import('../../src/catalog/find.js');
  const read = (path: string, id: string) => ({ id, path, source: fs.readFileSync(path, 'utf8') });
  return {
    steps: (
      await Promise.all(
        stepPaths().map(async (p) => {
          const [stage = '', id = ''] = p.split('/');
          try {
            return [
              {
                id,
                stage,
                step: (await import(`../../src/steps/${stage}/${id}.ts`)).default,
                text: read(`src/steps/${p}.text.yaml`, id),
              },
            ];
          } catch (e) {
            console.log('skip', p, String(e));
            return [];
          }
        }),
      )
    ).flat(),
    causes: fs
      .readdirSync('causes')
      .filter((n) => n !== 'elimination.yaml')
      .map((n) => read('causes/' + n, n.replace('.yaml', ''))),
    runbooks: [read('runbooks/service-unreachable.yaml', 'service-unreachable')],
    elimination: read('causes/elimination.yaml', 'elimination'),
    phrases: [],
  } as never;
};
it('x', async () => {
  const book = runbookSchema.parse(parse(readFileSync('runbooks/service-unreachable.yaml', 'utf8')));
  const seen = reachable(book);
  const lines = [
    'unreached ' + Object.keys(book.nodes).filter((n) => !seen.has(n)),
    'cycle ' + cycleWithoutQuestion(book),
    'paths ' + pathsOverAllEdges(book).length + ' nodes ' + seen.size,
    'dangling ' +
      Object.values(book.nodes)
        .flatMap((n) => [...Object.values(n.on), n.otherwise])
        .filter((t) => typeof t === 'string' && !(t in book.nodes)),
  ];
  let problems = [''];
  try {
    problems = load(await found()).problems.map((p) => `${p.file}:${p.line} ${p.path} ${p.message}`);
  } catch (error) {
    problems = [String(error)];
  }
  (await import('node:fs')).writeFileSync('/tmp/vd/lint.txt', [...lines, ...problems].join('\n'));
});
