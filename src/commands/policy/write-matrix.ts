import type { Connection } from '../../policy/matrix/matrix.js';
import { type Io, say } from '../io.js';
import type { WrittenProblem } from './resources.js';

const PIECE = 1 << 20;

/** A large cluster has hundreds of thousands of connections: their text goes out in pieces and is never there as a whole. */
export const writeMatrix = async (
  connections: readonly Connection[],
  problems: readonly WrittenProblem[],
  { stdout }: Pick<Io, 'stdout'>,
): Promise<void> => {
  let text = '{"connections":[';
  for (const [index, connection] of connections.entries()) {
    text += `${index === 0 ? '' : ','}${JSON.stringify(connection)}`;
    if (text.length < PIECE) continue;
    const piece = text;
    await new Promise<void>((resolve) => void stdout.write(piece, () => resolve()));
    text = '';
  }
  await say(stdout, `${text}],"problems":${JSON.stringify(problems)}}`);
};
