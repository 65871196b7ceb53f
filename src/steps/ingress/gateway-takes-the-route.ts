import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { capped } from '../../domain/capped.js';
import {
  type Condition,
  conditionsOf,
  type GatewayRoute,
  gatewayRouteSchema,
  isFalse,
  routeTowards,
} from '../../domain/gateway-routes.js';
import type { KubeObject } from '../../domain/kinds.js';
import { firstServed } from '../../domain/not-served.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { everyNamespace } from '../../domain/ports.js';
import { anyEnd, defineStep } from '../../domain/step.js';

type Reader = ObjectReader<'gateways.gateway.networking.k8s.io' | 'httproutes.gateway.networking.k8s.io'>;

const gatewaySchema = z.strictObject({ name: z.string(), exists: z.boolean(), idle: z.string() });
const evidenceSchema = z.object({
  served: z.boolean(),
  routes: z.array(gatewayRouteSchema),
  /** Of those routes. `idle` says why one takes no requests, and is empty where it does. */
  gateways: z.array(gatewaySchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

const most = 10;

const routesIn = async (
  kube: Reader,
  namespace: string,
): Promise<KubeObject<'httproutes.gateway.networking.k8s.io'>[]> => {
  const list = (where: string) => kube.list('httproutes.gateway.networking.k8s.io', { namespace: where });
  try {
    return await list(everyNamespace);
  } catch (error) {
    // A route mostly lies beside its Service.
    if (error instanceof CannotLook && error.code === 'forbidden') return await list(namespace);
    throw error;
  }
};

const inWords = ({ reason, message }: Condition) => `${reason}: ${message}`;

const gatewayNamed = async (kube: Reader, whole: string): Promise<Evidence['gateways'][number]> => {
  const [namespace = '', name = ''] = whole.split('/');
  const found = await kube.get('gateways.gateway.networking.k8s.io', { namespace, name });
  if (!found) return { name: whole, exists: false, idle: '' };
  const conditions = conditionsOf(found);
  const bad = isFalse(conditions, 'Accepted') ?? isFalse(conditions, 'Programmed');
  return { name: whole, exists: true, idle: bad ? inWords(bad) : '' };
};

// The reasons of ResolvedRefs that say more than that a reference leads nowhere (gateway.networking.k8s.io/v1).
const wordFor = ({ reason }: Condition) => (reason === 'RefNotPermitted' ? 'not-permitted' : 'backend-missing');

interface Judged {
  readonly outcome:
    | 'taken'
    | 'not-accepted'
    | 'not-permitted'
    | 'backend-missing'
    | 'gateway-missing'
    | 'not-programmed'
    | 'no-controller';
  readonly route: GatewayRoute | undefined;
  readonly gateway: string;
  readonly why: string;
}

const refused = (route: GatewayRoute): Judged[] =>
  route.told.flatMap(({ gateway, conditions }): Judged[] => {
    const [shut, lost] = [isFalse(conditions, 'Accepted'), isFalse(conditions, 'ResolvedRefs')];
    if (shut) return [{ outcome: 'not-accepted', route, gateway, why: inWords(shut) }];
    return lost ? [{ outcome: wordFor(lost), route, gateway, why: inWords(lost) }] : [];
  });

const isCarried = ({ told }: GatewayRoute) =>
  told.some(({ conditions }) => ['Accepted', 'ResolvedRefs'].every((type) => !isFalse(conditions, type)));

const judge = ({ routes, gateways }: Evidence): Judged => {
  // A route may ask several Gateways, and one that takes it is enough.
  const failing = routes.filter((one) => !isCarried(one));
  const [route = routes[0]] = failing;
  const lacking = gateways.find(({ exists }) => !exists);
  if (failing.length > 0 && lacking) return { outcome: 'gateway-missing', route, gateway: lacking.name, why: '' };
  const [first] = failing.flatMap(refused);
  if (first) return first;
  const idle = gateways.find((one) => one.idle !== '');
  if (idle) return { outcome: 'not-programmed', route, gateway: idle.name, why: idle.idle };
  const gateway = route?.gateways[0] ?? '';
  return { outcome: failing.length > 0 ? 'no-controller' : 'taken', route, gateway, why: '' };
};

export default defineStep({
  stage: 'ingress',
  level: 'observe',
  cost: 0,
  reads: ['gateways.gateway.networking.k8s.io', 'httproutes.gateway.networking.k8s.io'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    taken: 'pass',
    'not-accepted': 'fail',
    'not-permitted': 'fail',
    'backend-missing': 'fail',
    'gateway-missing': 'fail',
    'not-programmed': 'fail',
    // The controller may be on its way.
    'no-controller': 'warn',
    'no-route': 'pass',
    'no-gateway-api': 'pass',
  },

  async collect({ kube }, { to }): Promise<Evidence> {
    const all = await firstServed([() => routesIn(kube, to.namespace)]);
    if (!all) return { served: false, routes: [], gateways: [] };
    const routes = all.flatMap((route) => routeTowards(route, to) ?? []).slice(0, most);
    const names = [...new Set(routes.flatMap(({ gateways }) => gateways))].slice(0, most);
    return { served: true, routes, gateways: await Promise.all(names.map((name) => gatewayNamed(kube, name))) };
  },

  interpret(evidence) {
    if (!evidence.served) return { outcome: 'no-gateway-api' };
    if (evidence.routes.length === 0) return { outcome: 'no-route' };
    const { outcome, route, gateway, why } = judge(evidence);
    const facts = { route: route?.name ?? '', hostnames: capped(route?.hostnames ?? []), gateway, message: why };
    return { outcome, facts };
  },
});
