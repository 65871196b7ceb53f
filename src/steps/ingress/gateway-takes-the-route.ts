import { capped } from '../../domain/capped.js';
import type { EndOf } from '../../domain/flow.js';
import {
  judgeRoutes,
  type RoutesEvidence,
  routesEvidenceSchema,
  type ToldGateway,
} from '../../domain/gateway-judgement.js';
import { listenersOf } from '../../domain/gateway-listeners.js';
import { conditionsOf, type GatewayRoute, inWords, isCurrent, isFalse } from '../../domain/gateway-routes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { firstServed } from '../../domain/not-served.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { isGranted } from '../../domain/reference-grants.js';
import { gatewaysOf, routesTowards } from '../../domain/routes-to-service.js';
import { anyEnd, defineStep } from '../../domain/step.js';

type Reader = ObjectReader<
  | 'gateways.gateway.networking.k8s.io'
  | 'httproutes.gateway.networking.k8s.io'
  | 'referencegrants.gateway.networking.k8s.io'
>;

const most = 10;

const gatewayNamed = async (kube: Reader, whole: string): Promise<ToldGateway> => {
  const [namespace = '', name = ''] = whole.split('/');
  const found = await kube.get('gateways.gateway.networking.k8s.io', { namespace, name });
  if (!found) return { name: whole, exists: false, idle: '', changed: false, listeners: [] };
  const said = conditionsOf(found);
  const conditions = said.filter((one) => isCurrent(one, found.metadata?.generation));
  const changed = said.length > 0 && conditions.length === 0;
  const bad = isFalse(conditions, 'Accepted') ?? isFalse(conditions, 'Programmed');
  return { name: whole, exists: true, idle: bad ? inWords(bad) : '', changed, listeners: listenersOf(found) };
};

/** Grants that cannot be read are no missing ones. */
const ungrantedAmong = async (kube: Reader, routes: readonly GatewayRoute[], { namespace, name }: EndOf<'service'>) => {
  const foreign = routes.map((one) => one.name).filter((whole) => whole.split('/')[0] !== namespace);
  if (foreign.length === 0) return [];
  const list = () => kube.list('referencegrants.gateway.networking.k8s.io', { namespace });
  const grants = await ifReadable(list());
  return grants ? foreign.filter((whole) => !isGranted(grants, whole.split('/')[0] ?? '', name)) : [];
};

export default defineStep({
  stage: 'ingress',
  level: 'observe',
  cost: 0,
  reads: [
    'gateways.gateway.networking.k8s.io',
    'httproutes.gateway.networking.k8s.io',
    'referencegrants.gateway.networking.k8s.io',
  ],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: routesEvidenceSchema,
  outcomes: {
    taken: 'pass',
    'some-not-taken': 'warn',
    'not-accepted': 'fail',
    'hostnames-differ': 'fail',
    'not-attached': 'fail',
    'not-permitted': 'fail',
    'backend-missing': 'fail',
    'gateway-missing': 'fail',
    'listener-broken': 'fail',
    'not-programmed': 'fail',
    // The controller may be on its way.
    'no-controller': 'warn',
    'no-route': 'pass',
    'no-gateway-api': 'pass',
  },

  async collect({ kube }, { to }): Promise<RoutesEvidence> {
    const looked = await firstServed([
      async () => {
        const routes = (await routesTowards(kube, to)).slice(0, most);
        const names = gatewaysOf(routes);
        const [gateways, ungranted] = await Promise.all([
          Promise.all(names.map((name) => gatewayNamed(kube, name))),
          ungrantedAmong(kube, routes, to),
        ]);
        return { served: true, routes, gateways, ungranted };
      },
    ]);
    return looked ?? { served: false, routes: [], gateways: [], ungranted: [] };
  },

  interpret(evidence) {
    if (!evidence.served) return { outcome: 'no-gateway-api' };
    if (evidence.routes.length === 0) return { outcome: 'no-route' };
    const { outcome, route, gateway, why } = judgeRoutes(evidence);
    const facts = { route: route?.name ?? '', hostnames: capped(route?.hostnames ?? []), gateway, message: why };
    return { outcome, facts };
  },
});
