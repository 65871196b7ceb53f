import { LineCounter, parseAllDocuments, type Document as YamlDocument } from 'yaml';
import { sanitise, sanitiseJson } from '../../clean/sanitise.js';
import type { Document } from '../../policy/inventory/document.js';
import type { FieldPath, Problem } from '../../policy/read/place.js';
import { type Lines, linesIn } from '../../report/yaml-lines.js';
import type { SourceText } from './find-files.js';

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

/** YAML as kubectl reads it: a document that cannot be read is a problem, and the others are read all the same. */
const parseYaml = ({ source, text }: SourceText): ParsedSource => {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const all = 'empty' in parsed ? [] : parsed;
  const problems: Problem[] = [];
  const documents = all.flatMap((document, index): Document[] => {
    const place = { source, document: index, path: [] };
    const [error] = document.errors;
    try {
      if (!error) return [{ source, document: index, value: plain(document) }];
      const { line, col } = lines.linePos(error.pos[0]);
      problems.push({ severity, message: `line ${line}, column ${col}: ${firstLine(error.message)}`, place });
    } catch (thrown) {
      problems.push({ severity, message: firstLine(String(thrown)), place });
    }
    return [];
  });
  return { documents, problems, text, linesOf: (index, path) => linesIn(all[index], path, lines) };
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
