import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parseResolvConf } from '../parse/resolv-conf.js';

/** The resolver configuration a container really has, whatever its Pod asked for. */
export const resolverConfig = defineQuery({
  name: 'resolver-config',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'cat', argv: () => ['cat', '/etc/resolv.conf'] }],
  parse: ({ stdout, exitCode, stderr }) => parseResolvConf(stdout, exitCode === 0 ? '' : stderr),
});
