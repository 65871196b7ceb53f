import { z } from 'zod';
import { type Rows, readRows, rowsOf, wordsAfter } from './rows.js';

export const neighbourSchema = z.strictObject({
  address: z.string(),
  dev: z.string(),
  /** Absent where nobody answered for the address. */
  mac: z.string().optional(),
  /** `REACHABLE`, `STALE`, `PERMANENT`, `FAILED`, `INCOMPLETE` … */
  state: z.string(),
});
export type Neighbour = z.infer<typeof neighbourSchema>;
export const neighboursSchema = rowsOf(neighbourSchema);
export type Neighbours = Rows<Neighbour>;

const jsonSchema = z.object({
  dst: z.string(),
  dev: z.string(),
  lladdr: z.string().optional(),
  state: z.array(z.string()).default([]),
});

// "10.244.2.0 dev flannel.1 lladdr 32:de:82:86:e3:2b  used 4/4/4probes 0 PERMANENT"
const row = /^([0-9a-f.:]+) dev (\S+)(?: |$)/;
const state = /\b([A-Z]{4,})\s*$/;

const inLine = (line: string): Neighbour | undefined => {
  const match = row.exec(line);
  if (!match) return undefined;
  const mac = wordsAfter(line)('lladdr');
  return {
    address: match[1] ?? '',
    dev: match[2] ?? '',
    ...(mac === undefined ? {} : { mac }),
    state: state.exec(line)?.[1] ?? '',
  };
};

/** `ip -j -s neigh`, or the same as text. */
export const parseNeighbours = (text: string): Neighbours =>
  readRows(text, {
    json: jsonSchema,
    from: ({ dst, dev, lladdr, state: [is = ''] }) => ({
      address: dst,
      dev,
      ...(lladdr === undefined ? {} : { mac: lladdr }),
      state: is,
    }),
    line: inLine,
  });
