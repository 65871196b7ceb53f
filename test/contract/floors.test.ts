import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '../../src');

/** What each folder of `src` may import besides itself. Lowest floor first; this table is the architecture. */
const floors: Record<string, readonly string[]> = {
  domain: [],
  parse: ['domain'],
  policy: ['domain'],
  clean: ['domain'],
  change: ['domain'],
  queries: ['domain', 'parse'],
  steps: ['domain', 'parse', 'policy', 'queries'],
  sharing: ['domain', 'policy'],
  ports: ['domain', 'queries', 'clean', 'change'],
  catalog: ['domain'],
  verdict: ['domain'],
  machines: ['domain', 'catalog', 'verdict'],
  journal: ['domain', 'clean'],
  report: ['domain', 'catalog', 'clean', 'verdict', 'change'],
  ui: ['domain', 'clean', 'machines', 'report', 'catalog', 'change'],
  commands: [
    'domain',
    'parse',
    'policy',
    'clean',
    'change',
    'queries',
    'ports',
    'catalog',
    'verdict',
    'sharing',
    'machines',
    'journal',
    'report',
    'ui',
    'app.tsx',
  ],
  'app.tsx': ['machines', 'ui'],
  'cli.tsx': ['commands'],
};

/** Packages that may be imported in one place only. zod may be used anywhere. */
const owners: Record<string, readonly string[]> = {
  '@kubernetes/client-node': ['ports/live'],
  undici: ['ports/live'],
  ws: ['ports/live'],
  ssh2: ['ports/ssh'],
  xstate: ['machines'],
  '@xstate/react': ['ui', 'app.tsx'],
  ink: ['ui', 'app.tsx', 'commands'],
  react: ['ui', 'app.tsx', 'commands'],
  commander: ['commands'],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const importsOf = (file: string): Import[] => {
  const text = readFileSync(join(src, file), 'utf8');
  const statics = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'/gms)];
  const dynamics = [...text.matchAll(/\bimport\('([^']+)'\)/g)];
  return [
    ...statics.map(([, type, to]) => ({ from: file, to: to ?? '', typeOnly: type !== undefined })),
    ...dynamics.map(([, to]) => ({ from: file, to: to ?? '', typeOnly: false })),
  ];
};

const floorOf = (file: string) => file.split('/')[0] ?? '';
const imports = files.flatMap(importsOf);

describe('the floors of the house', () => {
  it.each([...new Set(files.map(floorOf))])('%s stands in the table', (floor) => {
    expect(Object.keys(floors)).toContain(floor);
  });

  it('lets a folder import only from the floors below it', () => {
    const wrong = imports
      .filter(({ to }) => to.startsWith('.'))
      .map(({ from, to }) => ({ from, to: relative(src, join(src, from, '..', to)) }))
      .filter(({ from, to }) => floorOf(from) !== floorOf(to.replace(/\.js$/, '.tsx')) && floorOf(from) !== floorOf(to))
      .filter(({ from, to }) => !(floors[floorOf(from)] ?? []).includes(floorOf(to.replace(/^app\.js$/, 'app.tsx'))))
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it('keeps packages where they belong', () => {
    const packageOf = (to: string) =>
      to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? '');
    const wrong = imports
      .filter(({ to, typeOnly, from }) => packageOf(to) in owners && !(typeOnly && floorOf(from) === 'domain'))
      .filter(
        ({ from, to }) =>
          !(owners[packageOf(to)] ?? []).some((owner) => from === owner || from.startsWith(`${owner}/`)),
      )
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it('reads process only in cli.tsx', () => {
    const wrong = files.filter(
      (file) =>
        file !== 'cli.tsx' && /(?<![.\w'"`])process\.(?!env\.NODE_ENV)\w/.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('has no folder or file for what has no name', () => {
    const forbidden = /(^|\/)(utils?|helpers?|common|shared|misc|types|constants)(\.|\/|$)/;
    expect(files.filter((file) => forbidden.test(file))).toEqual([]);
  });

  it('has no long file', () => {
    const lengths = files.map((file) => ({
      file,
      lines: readFileSync(join(src, file), 'utf8').split('\n').length - 1,
    }));
    expect(lengths.filter(({ lines }) => lines > 250)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(60);
  });
});
