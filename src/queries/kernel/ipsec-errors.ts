import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseIpsecErrors } from '../../parse/kernel/ipsec-errors.js';
import { momentSchema } from '../scripts/arguments.js';

/** What IPsec threw away up to now, by reason. */
export const ipsecErrors = defineQuery({
  name: 'ipsec-errors',
  where: 'anywhere',
  level: 'probe',
  limit: 5,
  args: z.strictObject({ since: momentSchema.optional() }),
  variants: [{ tool: 'cat', argv: () => ['cat', '/proc/net/xfrm_stat'] }],
  parse: ({ stdout }) => parseIpsecErrors(stdout),
});
