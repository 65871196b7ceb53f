import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseCLibrary } from '../../parse/dns/c-library.js';

/** Which C library the programs of a container resolve names with. */
export const cLibrary = defineQuery({
  name: 'c-library',
  where: 'pod',
  level: 'probe',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'ls', argv: () => ['ls', '-1', '/lib', '/lib64'] }],
  parse: ({ stdout }) => parseCLibrary(stdout),
});
