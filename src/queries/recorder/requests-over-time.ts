import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseRequests } from '../../parse/recorder/samples.js';
import { getScripts, hostHeader } from '../http-get.js';
import { hostSchema } from '../scripts/arguments.js';
import { pacedToPortSchema, positions, stretchLimit, waitSeconds } from '../scripts/pace.js';
import { clients, oneByOne } from '../scripts/tries.js';

const args = z.strictObject({
  ...pacedToPortSchema.shape,
  /** What the request is for, where it goes to an address. */
  hostHeader: hostSchema.optional(),
});
type Args = z.infer<typeof args>;

/** Asks for a page at a steady pace for some seconds: does whoever opens the connection also answer, and how soon. */
export const requestsOverTime = defineQuery({
  name: 'requests-over-time',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: stretchLimit,
  args,
  variants: clients(getScripts(oneByOne), (a: Args) => positions(a, { name: hostHeader(a) })),
  parse: ({ stdout, tool }) => parseRequests(stdout, tool, waitSeconds),
});
