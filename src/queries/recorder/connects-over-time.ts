import type { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseConnects } from '../../parse/recorder/samples.js';
import { pacedToPortSchema, positions, stretchLimit } from '../scripts/pace.js';
import { oneByOne, shell } from '../scripts/tries.js';
import { connectScripts } from '../tcp-connect.js';

type Args = z.infer<typeof pacedToPortSchema>;
const { nc, bash, curl } = connectScripts(oneByOne);

/** Opens and closes a TCP connection at a steady pace for some seconds, and sends nothing. */
export const connectsOverTime = defineQuery({
  name: 'connects-over-time',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: stretchLimit,
  args: pacedToPortSchema,
  variants: [
    { tool: 'nc', argv: (a: Args) => shell(nc, positions(a)) },
    { tool: 'bash', argv: (a: Args) => shell(bash, positions(a), 'bash') },
    { tool: 'curl', argv: (a: Args) => shell(curl, positions(a)) },
  ],
  parse: ({ stdout, tool }) => parseConnects(stdout, tool),
});
