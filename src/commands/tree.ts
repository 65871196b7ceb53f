import { z } from 'zod';
import type { Catalog, CatalogRunbook } from '../catalog/catalog.js';
import { edges } from '../catalog/paths.js';
import { CatalogProblems, type Problem, writeProblem } from '../catalog/problem.js';
import { isStepNode, type RunbookNode, type Target } from '../domain/runbook.js';
import type { Language } from '../domain/text.js';
import { nameOfTarget } from '../machines/walk.js';
import { inspectCatalog } from './books.js';
import { exitCodes, type Io, say, UsageProblem } from './io.js';
import { commonSchema, readOptions } from './options.js';
import { languageOf } from './settings.js';

const list = (catalog: Catalog, language: Language) => {
  const books = Object.values(catalog.runbooks);
  const widest = Math.max(...books.map(({ id }) => id.length));
  return books
    .map((book) => `${book.id.padEnd(widest)}  ${book.title[language]} (${Object.keys(book.nodes).length} nodes)`)
    .join('\n');
};

const targetText = (target: Target) => (typeof target === 'string' ? target : `=> ${nameOfTarget(target)}`);

const showNode = (name: string, node: RunbookNode, title: string): string => {
  const routes = [...Object.entries(node.on), ['otherwise', node.otherwise] as const];
  return [
    name,
    `  ${title}`,
    ...routes.map(([outcome, target]) => `    ${outcome.padEnd(28)} ${targetText(target)}`),
  ].join('\n');
};

const show = (book: CatalogRunbook, { steps }: Catalog, language: Language) => {
  const titleOf = (node: RunbookNode) =>
    isStepNode(node) ? `${node.step}: ${steps[node.step]?.text[language].title ?? ''}` : node.ask[language];
  return [
    `${book.id}: ${book.title[language]}`,
    ...Object.entries(book.nodes).map(([name, node]) => showNode(name, node, titleOf(node))),
  ].join('\n\n');
};

const mermaidId = (target: Target) => nameOfTarget(target).replaceAll(/[^a-zA-Z0-9]/g, '_');

/** The tree as a Mermaid flow chart. */
const graph = (book: CatalogRunbook) => {
  const ends = [...new Set(edges(book).flatMap(({ to }) => (typeof to === 'string' ? [] : [nameOfTarget(to)])))];
  return [
    'flowchart TD',
    ...Object.entries(book.nodes).map(([name, node]) =>
      isStepNode(node) ? `  ${mermaidId(name)}["${name}"]` : `  ${mermaidId(name)}{"${name}"}`,
    ),
    ...ends.map((end) => `  ${end.replaceAll(/[^a-zA-Z0-9]/g, '_')}(["${end}"])`),
    ...edges(book).map(({ from, by, to }) => `  ${mermaidId(from)} -->|${by}| ${mermaidId(to)}`),
  ].join('\n');
};

const bookNamed = (catalog: Catalog, name: string | undefined): CatalogRunbook => {
  const names = Object.keys(catalog.runbooks);
  const wanted = name ?? names[0] ?? '';
  const book = Object.hasOwn(catalog.runbooks, wanted) ? catalog.runbooks[wanted] : undefined;
  if (!book) throw new UsageProblem(`There is no runbook "${name}". Known: ${names.join(', ')}.`);
  return book;
};

const lint = async (problems: readonly Problem[], io: Io) => {
  await say(io.stdout, problems.length > 0 ? problems.map(writeProblem).join('\n') : 'No mistake found.');
  return problems.length > 0 ? exitCodes.fault : exitCodes.done;
};

type Writer = (catalog: Catalog, name: string | undefined, language: Language) => string;

const writers = new Map<string, Writer>([
  ['list', (catalog, _, language) => list(catalog, language)],
  ['show', (catalog, name, language) => show(bookNamed(catalog, name), catalog, language)],
  ['graph', (catalog, name) => graph(bookNamed(catalog, name))],
]);

const treeSchema = commonSchema.extend({ runbook: z.array(z.string()).default([]) });

/** `tree list|show|graph|lint`: the decision tree as text, as Mermaid, and its mistakes with their places. */
export const tree = async (
  raw: Record<string, unknown>,
  io: Io,
  [action = 'list', name]: readonly string[],
): Promise<number> => {
  const options = readOptions(treeSchema, raw);
  const named = action === 'lint' && name !== undefined ? [name] : [];
  const { catalog, problems } = await inspectCatalog([...options.runbook, ...named], io.cwd);
  if (action === 'lint') return lint(problems, io);
  if (problems.length > 0) throw new CatalogProblems(problems);
  const write = writers.get(action);
  if (!write) throw new UsageProblem(`tree ${action}: write list, show, graph or lint.`);
  await say(io.stdout, write(catalog, name, languageOf(options, io)));
  return exitCodes.done;
};
