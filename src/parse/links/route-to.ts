import { z } from 'zod';
import { parseRoutes, routeSchema } from './routes.js';

export const routeToSchema = z.strictObject({
  /** `refused`: a route of this host says no (blackhole, unreachable, prohibit). `none`: no route covers the address. */
  class: z.enum(['route', 'refused', 'none', 'not-understood']),
  route: routeSchema.optional(),
  message: z.string(),
});
export type RouteTo = z.infer<typeof routeToSchema>;

// "RTNETLINK answers: Network is unreachable"; a blackhole answers "Invalid argument", an unreachable route
// "No route to host", a prohibiting one "Permission denied" (ip-route(8), fib_props of the kernel).
const none = /network is unreachable/i;
const refused = /invalid argument|no route to host|permission denied/i;

/** `ip -j route get ADDRESS`: what this host would do with a packet of its own. */
export const parseRouteTo = (stdout: string, stderr: string): RouteTo => {
  const { rows } = parseRoutes(stdout);
  const message = stderr.trim().slice(0, 200);
  if (rows[0]) return { class: 'route', route: rows[0], message };
  if (none.test(stderr)) return { class: 'none', message };
  return { class: refused.test(stderr) ? 'refused' : 'not-understood', message };
};
