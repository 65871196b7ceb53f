import { Composer, LineCounter, Parser, parseDocument, type Document as YamlDocument } from 'yaml';
import { sanitise, sanitiseJson } from '../../clean/sanitise.js';
import type { Document } from '../../policy/inventory/document.js';
import type { FieldPath, Problem } from '../../policy/read/place.js';
import { type Lines, linesIn } from '../../report/yaml-lines.js';
import type { SourceText } from './find-files.js';
import { itemsOfList, type Span } from './list-items.js';

export interface ParsedSource {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
  readonly text: string;
  /** Of a field; of the nearest thing around it where the field is not there. */
  readonly linesOf: (document: number, path: FieldPath) => Lines;
}

const severity = 'error';

const firstLine = (message: string) => sanitise(message.split('\n')[0] ?? '');

const plain = (document: YamlDocument.Parsed) => {
  // Aliases within aliases would make a giant of a few lines.
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return sanitiseJson(value as never) as unknown;
};

/** Lines are asked for of one place or two: only what is around it is read again, and no tree of all the rest is kept. */
const linesAround = (text: string, { from, to, line }: Span, path: FieldPath): Lines => {
  const own = new LineCounter();
  const { first, last } = linesIn(parseDocument(text.slice(from, to), { lineCounter: own }), path, own);
  return { first: line + first, last: line + last };
};

/** The one item of a part of a List. Throws where it does not stand alone. */
const itemIn = (text: string): unknown => {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) throw error;
  const value = plain(document);
  if (Array.isArray(value) && value.length === 1) return value[0];
  throw new Error('This is no sequence of one item.');
};

/** What a List says of itself; nothing where it is none. Throws where it cannot be read. */
const listIn = (text: string): Record<string, unknown> | undefined => {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) throw error;
  const value = plain(document) as { kind?: unknown } | null;
  return typeof value?.kind === 'string' && value.kind.endsWith('List') ? { ...value } : undefined;
};

/** A List of a whole cluster, item by item: it is one document, and its tree would be a hundred times the text. */
const parseItems = ({ source, text }: SourceText): ParsedSource | undefined => {
  const written = itemsOfList(text);
  const list = written && listIn(written.around);
  if (!list) return undefined;
  const spans = written.items;
  const items = spans.map(({ from, to }) => itemIn(text.slice(from, to)));
  const linesOf: ParsedSource['linesOf'] = (_, [of, index, ...rest]) => {
    const span = of === 'items' ? spans[Number(index)] : undefined;
    return span ? linesAround(text, span, [0, ...rest]) : { first: 1, last: 1 };
  };
  return {
    documents: [{ source, document: 0, value: { ...list, items } }],
    ...{ problems: [], text, linesOf },
  };
};

/** YAML as kubectl reads it: a document that cannot be read is a problem, and the others are read all the same. */
const parseDocuments = ({ source, text }: SourceText): ParsedSource => {
  const lines = new LineCounter();
  const problems: Problem[] = [];
  const documents: Document[] = [];
  const spans: Span[] = [];
  for (const document of new Composer({ prettyErrors: false }).compose(new Parser(lines.addNewLine).parse(text))) {
    const place = { source, document: spans.length, path: [] };
    const from = spans.at(-1)?.to ?? 0;
    spans.push({ from, to: document.range[2], line: lines.linePos(from).line - 1 });
    const [error] = document.errors;
    try {
      if (!error) documents.push({ source, document: place.document, value: plain(document) });
      const at = error && lines.linePos(error.pos[0]);
      if (at)
        problems.push({ severity, message: `line ${at.line}, column ${at.col}: ${firstLine(error.message)}`, place });
    } catch (thrown) {
      problems.push({ severity, message: firstLine(String(thrown)), place });
    }
  }
  const linesOf: ParsedSource['linesOf'] = (index, path) =>
    linesAround(text, spans[index] ?? { from: 0, to: 0, line: 0 }, path);
  return { documents, problems, text, linesOf };
};

const parseYaml = (source: SourceText): ParsedSource => {
  try {
    return parseItems(source) ?? parseDocuments(source);
  } catch {
    // Read whole, it says where and why.
    return parseDocuments(source);
  }
};

/** JSON is read as such, which is much faster; for lines it is read again as the YAML that it is. */
const parseJson = (source: SourceText): ParsedSource => {
  const value: unknown = sanitiseJson(JSON.parse(source.text) as never);
  let again: ParsedSource | undefined;
  return {
    documents: [{ source: source.source, document: 0, value }],
    problems: [],
    text: source.text,
    linesOf: (document, path) => {
      again ??= parseYaml(source);
      return again.linesOf(document, path);
    },
  };
};

export const parseSource = (source: SourceText): ParsedSource => {
  if (!/^\s*[{[]/.test(source.text)) return parseYaml(source);
  try {
    return parseJson(source);
  } catch {
    return parseYaml(source);
  }
};
