import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { shell } from './scripts/tries.js';

const script = `for tool; do command -v "$tool" >/dev/null 2>&1 && echo "$tool"; done
exit 0`;

/** Which of the named programs a container has. One without a shell cannot even be asked. */
export const toolsPresent = defineQuery({
  name: 'tools-present',
  where: 'pod',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: 5,
  args: z.strictObject({
    tools: z
      .array(z.string().regex(/^[a-z][a-z0-9._-]*$/))
      .min(1)
      .max(40),
  }),
  variants: [{ tool: 'sh', argv: ({ tools }) => shell(script, tools) }],
  worth: (has, { tools }) => tools.some(has),
  parse: ({ stdout, by = 'exec' }, { tools }) => {
    const said = new Set(stdout.split('\n').map((line) => line.trim()));
    return { present: tools.filter((tool) => said.has(tool)), by };
  },
});
