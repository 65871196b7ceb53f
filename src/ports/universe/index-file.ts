import { canonicalJson } from '../../domain/canonical.js';
import { caps } from './caps.js';
import {
  type MarkLine,
  markLineSchema,
  type UniverseHeader,
  type UniverseLine,
  universeHeaderSchema,
  universeLineSchema,
  universeSchema,
} from './line.js';
import { UniverseProblem } from './problem.js';

export interface Index {
  readonly header: UniverseHeader;
  readonly lines: readonly UniverseLine[];
  readonly marks: ReadonlyMap<string, number>;
  /** How many bytes of the file are whole lines. What follows is the line a crash tore. */
  readonly intact: number;
}

const newline = 0x0a;

/**
 * Reads `index.ndjson`. A last line without its newline was torn by a crash and is left out.
 *
 * @throws UniverseProblem when what remains is not an index of this version
 */
export const readIndex = (bytes: Uint8Array, place: string): Index => {
  const intact = bytes.lastIndexOf(newline) + 1;
  const [first = '', ...rest] = new TextDecoder().decode(bytes.subarray(0, intact)).split('\n').slice(0, -1);
  if (rest.length > caps.lines) throw new UniverseProblem(place, `holds more than ${caps.lines} answers`);
  const lines = rest.map((text, at) => {
    const line = readLine(text);
    if (!line) throw new UniverseProblem(place, `is damaged: line ${at + 2} of its index is not an answer`);
    return line;
  });
  const isMark = (line: UniverseLine | MarkLine) => line.port === 'clock';
  const marks = lines.filter((line): line is MarkLine => isMark(line)).map(({ mark, value }) => [mark, value] as const);
  return {
    header: readHeader(first, place),
    lines: lines.filter((line): line is UniverseLine => !isMark(line)),
    marks: new Map(marks),
    intact,
  };
};

const readLine = (text: string): UniverseLine | MarkLine | undefined => {
  try {
    const value = JSON.parse(text);
    if (value?.port === 'clock') return markLineSchema.parse(value);
    const line = universeLineSchema.parse(value);
    // What has no canonical form, or is nested until the stack ends, is no call that anybody asked.
    canonicalJson(line.call);
    return line;
  } catch {
    return undefined;
  }
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const readHeader = (text: string, place: string) => {
  const value = json(text);
  const schema = value !== null && typeof value === 'object' && 'schema' in value ? value.schema : undefined;
  if (typeof schema !== 'string' || !schema.startsWith('net-triage/universe/'))
    throw new UniverseProblem(place, 'is not a universe: its index has no header');
  if (schema !== universeSchema)
    throw new UniverseProblem(place, `is of another version than ${universeSchema}, which this program reads`);
  const header = universeHeaderSchema.safeParse(value);
  if (!header.success) throw new UniverseProblem(place, 'is damaged: its header lacks what a replay needs');
  return header.data;
};
