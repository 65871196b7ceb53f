import { type DocumentName, documentNames, jsonSchemaOf } from '../report/schema.js';
import { exitCodes, type Io, say, UsageProblem } from './io.js';

const isDocument = (name: string): name is DocumentName => (documentNames as string[]).includes(name);

/** JSON Schema of a document that other programs read. */
export const schema = async (
  _: Record<string, unknown>,
  io: Io,
  [name = 'report']: readonly string[],
): Promise<number> => {
  if (!isDocument(name)) throw new UsageProblem(`schema ${name}: write ${documentNames.join(' or ')}.`);
  await say(io.stdout, JSON.stringify(jsonSchemaOf(name), null, 2));
  return exitCodes.done;
};
