import { z } from 'zod';
import { classOf } from '../../domain/gateway-listeners.js';
import { conditionsOf, inWords, isFalse } from '../../domain/gateway-routes.js';
import { firstServed } from '../../domain/not-served.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { gatewaysOf, routesTowards } from '../../domain/routes-to-service.js';
import { anyEnd, defineStep } from '../../domain/step.js';

type Reader = ObjectReader<
  | 'gateways.gateway.networking.k8s.io'
  | 'gatewayclasses.gateway.networking.k8s.io'
  | 'httproutes.gateway.networking.k8s.io'
>;

const gatewaySchema = z.strictObject({
  /** `NAMESPACE/NAME` */
  name: z.string(),
  class: z.string(),
  exists: z.boolean(),
  /** What the controller of the class says; empty where none has looked at it. */
  accepted: z.string(),
  message: z.string(),
});
const evidenceSchema = z.object({ served: z.boolean(), gateways: z.array(gatewaySchema) });
type Evidence = z.infer<typeof evidenceSchema>;

const described = async (kube: Reader, whole: string): Promise<Evidence['gateways']> => {
  const [namespace = '', name = ''] = whole.split('/');
  const gateway = await kube.get('gateways.gateway.networking.k8s.io', { namespace, name });
  // That it is missing is told by the check of the route.
  if (!gateway) return [];
  const own = classOf(gateway);
  const found = await kube.get('gatewayclasses.gateway.networking.k8s.io', { name: own });
  const conditions = found ? conditionsOf(found) : [];
  const bad = isFalse(conditions, 'Accepted');
  const accepted = conditions.find(({ type }) => type === 'Accepted')?.status ?? '';
  const message = bad ? inWords(bad) : '';
  return [{ name: whole, class: own, exists: found !== undefined, accepted, message }];
};

const wordFor = ({ exists, accepted }: Evidence['gateways'][number]) => {
  if (!exists) return 'class-missing';
  if (accepted === 'False') return 'not-accepted';
  // "Unknown" with the reason Pending is the default of the API until a controller claims the class.
  return accepted === 'True' ? 'accepted' : 'unclaimed';
};
const worstFirst = ['class-missing', 'not-accepted', 'unclaimed', 'accepted'] as const;

export default defineStep({
  stage: 'ingress',
  level: 'observe',
  cost: 0,
  reads: [
    'gateways.gateway.networking.k8s.io',
    'gatewayclasses.gateway.networking.k8s.io',
    'httproutes.gateway.networking.k8s.io',
  ],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    accepted: 'pass',
    'class-missing': 'fail',
    'not-accepted': 'fail',
    // The controller may be on its way.
    unclaimed: 'warn',
    'no-gateway': 'pass',
    'no-gateway-api': 'pass',
  },

  async collect({ kube }, { to }): Promise<Evidence> {
    const gateways = await firstServed([
      async () => {
        const names = gatewaysOf(await routesTowards(kube, to));
        return (await Promise.all(names.map((name) => described(kube, name)))).flat();
      },
    ]);
    return gateways ? { served: true, gateways } : { served: false, gateways: [] };
  },

  interpret({ served, gateways }) {
    if (!served) return { outcome: 'no-gateway-api' };
    const word = worstFirst.find((wanted) => gateways.some((one) => wordFor(one) === wanted));
    const found = gateways.find((one) => wordFor(one) === word);
    if (!word || !found) return { outcome: 'no-gateway' };
    return { outcome: word, facts: { gateway: found.name, class: found.class, message: found.message } };
  },
});
