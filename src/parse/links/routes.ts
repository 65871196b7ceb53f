import { z } from 'zod';
import { type Rows, readRows, rowsOf, wordsAfter } from './rows.js';

export const routeSchema = z.strictObject({
  type: z.string(),
  /** `default` or a range; a single address has no length. */
  to: z.string(),
  /** The next hop; absent where the destination is on the link itself. */
  gateway: z.string().optional(),
  dev: z.string(),
  table: z.string(),
  source: z.string().optional(),
  metric: z.int().optional(),
});
export type Route = z.infer<typeof routeSchema>;
export const routesSchema = rowsOf(routeSchema);
export type Routes = Rows<Route>;

const hopSchema = z.object({ gateway: z.string().optional(), dev: z.string().optional() });
const jsonSchema = z.object({
  type: z.string().default('unicast'),
  dst: z.string(),
  gateway: z.string().optional(),
  via: z.object({ host: z.string() }).optional(),
  dev: z.string().optional(),
  table: z.string().default('main'),
  prefsrc: z.string().optional(),
  metric: z.int().optional(),
  nexthops: z.array(hopSchema).optional(),
});
type Json = z.infer<typeof jsonSchema>;

// Of several next hops the first stands for all: the ways of one destination are alike or the network is odd.
const hopOf = ({ gateway, via, dev, nexthops }: Json) => ({
  gateway: gateway ?? via?.host ?? nexthops?.[0]?.gateway,
  dev: dev ?? nexthops?.[0]?.dev ?? '',
});

const fromJson = (row: Json): Route => {
  const { gateway, dev } = hopOf(row);
  return {
    type: row.type,
    to: row.dst,
    ...(gateway === undefined ? {} : { gateway }),
    dev,
    table: row.table,
    ...(row.prefsrc === undefined ? {} : { source: row.prefsrc }),
    ...(row.metric === undefined ? {} : { metric: row.metric }),
  };
};

// "10.244.2.0/24 via 10.244.2.0 dev flannel.1 onlink", "blackhole 10.244.9.0/24", "local 10.0.0.12 dev eth0 table local"
const row =
  /^(?:(unicast|local|broadcast|multicast|anycast|blackhole|unreachable|prohibit|throw) )?(default|[0-9a-f.:]+(?:\/\d+)?)(?:\s|$)/;

export const routeInLine = (line: string): Route | undefined => {
  const match = row.exec(line);
  if (!match) return undefined;
  const after = wordsAfter(line);
  const [gateway, source, metric] = [after('via'), after('src'), after('metric')];
  return {
    type: match[1] ?? 'unicast',
    to: match[2] ?? '',
    ...(gateway === undefined ? {} : { gateway }),
    dev: after('dev') ?? '',
    table: after('table') ?? 'main',
    ...(source === undefined ? {} : { source }),
    ...(metric !== undefined && /^\d{1,10}$/.test(metric) ? { metric: Number(metric) } : {}),
  };
};

/** `ip -j -d route show table all`, or the same as text. */
export const parseRoutes = (text: string): Routes =>
  readRows(text, { json: jsonSchema, from: fromJson, line: routeInLine });
