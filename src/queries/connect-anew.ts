import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import type { ConnectFacts } from '../parse/connect.js';
import { hostSchema, momentSchema, portSchema, triesSchema, waitSchema } from './scripts/arguments.js';
import { tcpConnect } from './tcp-connect.js';

const args = z.strictObject({
  host: hostSchema,
  port: portSchema,
  tries: triesSchema,
  waitSeconds: waitSchema,
  /** The moment of the reading of counters that these connects come after: none is remembered from before it. */
  since: momentSchema,
});

/** Connects between two readings of counters, from a Pod or from a node. */
export const connectAnew = defineQuery<'connect-anew', z.infer<typeof args>, ConnectFacts>({
  name: 'connect-anew',
  where: 'anywhere',
  level: 'probe',
  limit: tcpConnect.limit,
  args,
  variants: tcpConnect.variants,
  parse: (run, given) => tcpConnect.parse(run, given),
});
