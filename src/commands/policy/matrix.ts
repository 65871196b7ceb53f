import { matrix } from '../../policy/matrix/matrix.js';
import { reason } from '../../policy/model/match.js';
import type { Problem } from '../../policy/read/place.js';
import { exitCodes, type Io, say } from '../io.js';
import { leftOpen } from './left-open.js';
import { matrixGrid } from './matrix-grid.js';
import { type MatrixFormat, matrixWriters } from './matrix-text.js';
import type { PolicyOptions } from './options.js';
import { loadingOf } from './read-input.js';
import { reasonText } from './reason-text.js';
import { type Resources, readResources, writeProblem } from './resources.js';
import { sayProblems } from './say-problems.js';
import { writeMatrix } from './write-matrix.js';

interface Asked {
  readonly resources: Resources;
  /** What is spoken of where something concerns all of it. */
  readonly source: string;
}

const read = async (options: PolicyOptions, io: Io): Promise<Asked> => {
  const { resources: paths } = options;
  if (paths)
    return {
      resources: await readResources(paths, io, loadingOf(options)),
      source: paths[0] ?? '',
    };
  const { resources, live = [] } = await (await import('./read-cluster.js')).readNamespaces(options, io);
  const source = live.join(', ');
  const message = reasonText(reason('read-in-namespaces', { namespaces: source }), 'en');
  const about: Problem = { severity: 'info', message, place: { source, document: 0, path: [] } };
  return { resources: { ...resources, problems: [...resources.problems, about] }, source };
};

const isFormat = (text: string): text is MatrixFormat => Object.hasOwn(matrixWriters, text);

/** `policy matrix`: everything that is allowed. */
export const matrixPolicy = async (options: PolicyOptions, io: Io): Promise<number> => {
  // For a person who looks at it, a drawing; for a program that reads it, lines.
  const { output = io.stdout.isTTY === true ? 'human' : 'table' } = options;
  const asked = await read(options, io);
  const found = matrix(asked.resources);
  const problems = [...asked.resources.problems, ...leftOpen(found.open, asked.resources, asked.source)];
  const resources = { ...asked.resources, problems };
  if (output === 'json') {
    const written = problems.map((problem) => writeProblem(resources, problem));
    await writeMatrix(found.connections, written, io);
    return exitCodes.done;
  }
  await sayProblems(resources, io, options.language);
  const drawn = { columns: io.stdout.columns ?? 100, language: options.language };
  await say(io.stdout, isFormat(output) ? matrixWriters[output](found.connections) : matrixGrid(found, drawn));
  return exitCodes.done;
};
