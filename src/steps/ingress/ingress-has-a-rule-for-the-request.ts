import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { type Route, requestWords, routeOf, routeSchema } from '../../domain/ingress-route.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const outcomeOf = {
  rule: 'matched',
  'default-backend': 'default-backend',
  nothing: 'no-rules',
  'host-differs': 'host-differs',
  'path-differs': 'path-differs',
  'own-syntax': 'own-syntax',
} as const satisfies Record<Route['by'], string>;

export default defineStep({
  stage: 'ingress',
  level: 'observe',
  cost: 0,
  reads: ['ingresses'],
  runs: [],
  from: anyEnd,
  to: ['ingress'],
  /** Without a route there is no such Ingress. */
  evidence: z.object({ route: routeSchema.optional() }),
  outcomes: {
    matched: 'pass',
    'default-backend': 'unsure',
    'own-syntax': 'unsure',
    // Another Ingress may have the rule: one host is often spread over several.
    'host-differs': 'warn',
    'path-differs': 'warn',
    'no-rules': 'fail',
    missing: 'fail',
  },

  async collect({ kube }, { to }) {
    const ingress = await kube.get('ingresses', { namespace: to.namespace, name: to.name });
    return ingress ? { route: routeOf(ingress, to) } : {};
  },

  interpret({ route }) {
    if (!route) return { outcome: 'missing' };
    const { by, rule, hosts, paths } = route;
    const facts = {
      ...requestWords(route),
      ...{ rule, hosts: capped(hosts.map((one) => one || '*')), paths: capped(paths) },
    };
    return { outcome: outcomeOf[by], facts };
  },
});
