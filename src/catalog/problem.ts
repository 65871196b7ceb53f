/** One mistake in a data file, with the place an editor can jump to. */
export interface Problem {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** Where in the document, for example `nodes.endpoints.on`. */
  readonly path: string;
  readonly message: string;
}

export const writeProblem = ({ file, line, column, path, message }: Problem) =>
  `${file}:${line}:${column}${path ? ` ${path}` : ''}: ${message}`;

/** The order in which somebody with an editor goes through them. */
export const byPlace = (a: Problem, b: Problem): number =>
  a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;

export class CatalogProblems extends Error {
  override readonly name = 'CatalogProblems';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(writeProblem).join('\n'));
  }
}
