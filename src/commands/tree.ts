import type { Catalog, CatalogRunbook } from '../catalog/catalog.js';
import { edges } from '../catalog/paths.js';
import { CatalogProblems, writeProblem } from '../catalog/problem.js';
import { isStepNode, type Target } from '../domain/runbook.js';
import type { Language } from '../domain/text.js';
import { nameOfTarget } from '../machines/walk.js';
import { inspectCatalog } from './books.js';
import { exitCodes, type Io, say, UsageProblem } from './io.js';
import { commonSchema, readOptions } from './options.js';
import { languageOf } from './settings.js';

const list = (catalog: Catalog, language: Language) =>
  Object.values(catalog.runbooks)
    .map((book) => `${book.id.padEnd(24)} ${book.title[language]} (${Object.keys(book.nodes).length} nodes)`)
    .join('\n');

const targetText = (target: Target) => (typeof target === 'string' ? target : `=> ${nameOfTarget(target)}`);

const showNode = (book: CatalogRunbook, name: string, { steps }: Catalog, language: Language): string => {
  const node = book.nodes[name];
  if (!node) return '';
  const title = isStepNode(node) ? `${node.step}: ${steps[node.step]?.text[language].title ?? ''}` : node.ask[language];
  const routes = [...Object.entries(node.on), ['otherwise', node.otherwise] as const];
  return [
    `${name}`,
    `  ${title}`,
    ...routes.map(([outcome, target]) => `    ${outcome.padEnd(28)} ${targetText(target)}`),
  ].join('\n');
};

const show = (book: CatalogRunbook, catalog: Catalog, language: Language) =>
  [
    `${book.id}: ${book.title[language]}`,
    ...Object.keys(book.nodes).map((name) => showNode(book, name, catalog, language)),
  ].join('\n\n');

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
  const book = catalog.runbooks[name ?? names[0] ?? ''];
  if (!book) throw new UsageProblem(`There is no runbook "${name}". Known: ${names.join(', ')}.`);
  return book;
};

/** `tree list|show|graph|lint`: the decision tree as text, as Mermaid, and its mistakes with their places. */
export const tree = async (
  raw: Record<string, unknown>,
  io: Io,
  [action = 'list', name]: readonly string[],
): Promise<number> => {
  const language = languageOf(readOptions(commonSchema, raw), io);
  const { catalog, problems } = await inspectCatalog(
    (raw['runbook'] as string[] | undefined) ?? (action === 'lint' && name ? [name] : []),
    io.cwd,
  );
  if (action === 'lint') {
    await say(io.stdout, problems.length > 0 ? problems.map(writeProblem).join('\n') : 'No mistake found.');
    return problems.length > 0 ? exitCodes.fault : exitCodes.done;
  }
  if (problems.length > 0) throw new CatalogProblems(problems);
  const texts: Record<string, () => string> = {
    list: () => list(catalog, language),
    show: () => show(bookNamed(catalog, name), catalog, language),
    graph: () => graph(bookNamed(catalog, name)),
  };
  const text = texts[action];
  if (!text) throw new UsageProblem(`tree ${action}: write list, show, graph or lint.`);
  await say(io.stdout, text());
  return exitCodes.done;
};
