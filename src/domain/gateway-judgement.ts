import { z } from 'zod';
import { askedOf, hostsMeet, listenerSchema, mayAttach } from './gateway-listeners.js';
import { type GatewayRoute, gatewayRouteSchema, inWords, isFalse } from './gateway-routes.js';

const gatewaySchema = z.strictObject({
  ...{ name: z.string(), exists: z.boolean(), idle: z.string() },
  /** It was changed, and no controller has looked at it since. */
  changed: z.boolean(),
  listeners: z.array(listenerSchema),
});
export type ToldGateway = z.infer<typeof gatewaySchema>;
export const routesEvidenceSchema = z.object({
  served: z.boolean(),
  routes: z.array(gatewayRouteSchema),
  /** Of those routes. `idle` says why one takes no requests, and is empty where it does. */
  gateways: z.array(gatewaySchema),
  /** Routes of other namespaces that no ReferenceGrant lets lead here; none where the grants could not be read. */
  ungranted: z.array(z.string()),
});
export type RoutesEvidence = z.infer<typeof routesEvidenceSchema>;

// Reasons that say more than that a route is not accepted, or that a reference leads nowhere (gateway.networking.k8s.io/v1).
const words: Readonly<Record<string, Outcome>> = {
  NoMatchingListenerHostname: 'hostnames-differ',
  NotAllowedByListeners: 'not-attached',
  RefNotPermitted: 'not-permitted',
};

type Outcome =
  | 'taken'
  | 'some-not-taken'
  | 'not-accepted'
  | 'hostnames-differ'
  | 'not-attached'
  | 'not-permitted'
  | 'backend-missing'
  | 'gateway-missing'
  | 'listener-broken'
  | 'not-programmed'
  | 'no-controller';

interface Judged {
  readonly outcome: Outcome;
  readonly route: GatewayRoute | undefined;
  readonly gateway: string;
  readonly why: string;
}

const refused = (route: GatewayRoute): Judged[] =>
  route.told.flatMap(({ gateway, conditions }): Judged[] => {
    const [shut, lost] = [isFalse(conditions, 'Accepted'), isFalse(conditions, 'ResolvedRefs')];
    if (shut) return [{ outcome: words[shut.reason] ?? 'not-accepted', route, gateway, why: inWords(shut) }];
    return lost ? [{ outcome: words[lost.reason] ?? 'backend-missing', route, gateway, why: inWords(lost) }] : [];
  });

/** Each listener that a route asks for, beside the name of its Gateway. */
const askedBy = (route: GatewayRoute, { gateways }: RoutesEvidence) =>
  gateways
    .filter(({ name }) => route.gateways.includes(name))
    .flatMap(({ name, listeners }) => askedOf(listeners, name, route).map((listener) => ({ name, listener })));

/** What the objects say of a route that no controller has looked at; its word would count for more. */
const unfit = (route: GatewayRoute, evidence: RoutesEvidence): Judged[] => {
  const asked = askedBy(route, evidence);
  const gateway = evidence.gateways.find(({ name }) => route.gateways.includes(name))?.name ?? '';
  const meeting = asked.filter(({ listener }) => hostsMeet(listener, route));
  const hosts = asked.map(({ listener }) => listener.hostname).join(', ');
  if (asked.length > 0 && meeting.length === 0) return [{ outcome: 'hostnames-differ', route, gateway, why: hosts }];
  if (meeting.length > 0 && !meeting.some(({ name, listener }) => mayAttach(listener, name, route)))
    return [{ outcome: 'not-attached', route, gateway, why: 'allowedRoutes: Same' }];
  const shut = evidence.ungranted.includes(route.name);
  return shut ? [{ outcome: 'not-permitted', route, gateway, why: 'ReferenceGrant: 0' }] : [];
};

/** A listener without its certificate serves nobody; where another takes the route, clients may still come by that. */
const broken = (route: GatewayRoute, evidence: RoutesEvidence): Judged[] => {
  const asked = askedBy(route, evidence);
  const [first] = asked;
  return first && asked.every(({ listener }) => listener.broken !== '')
    ? [{ outcome: 'listener-broken', route, gateway: first.name, why: first.listener.broken }]
    : [];
};

const isCarried = ({ told }: GatewayRoute) =>
  told.some(({ conditions }) => ['Accepted', 'ResolvedRefs'].every((type) => !isFalse(conditions, type)));

const judge = (evidence: RoutesEvidence): Judged => {
  const { routes, gateways } = evidence;
  // A route may ask several Gateways, and one that takes it is enough.
  const failing = routes.filter((one) => !isCarried(one));
  const [route = routes[0]] = failing;
  const lacking = gateways.find(({ exists }) => !exists);
  if (failing.length > 0 && lacking) return { outcome: 'gateway-missing', route, gateway: lacking.name, why: '' };
  const silent = failing.filter(({ told }) => told.length === 0);
  const [first] = [
    ...failing.flatMap(refused),
    ...silent.flatMap((one) => unfit(one, evidence)),
    ...routes.flatMap((one) => broken(one, evidence)),
  ];
  if (first) return first;
  const idle = gateways.find((one) => one.idle !== '');
  if (idle) return { outcome: 'not-programmed', route, gateway: idle.name, why: idle.idle };
  const gateway = route?.gateways[0] ?? '';
  return { outcome: failing.length > 0 ? 'no-controller' : 'taken', route, gateway, why: '' };
};

/** Clients come by this route, as far as its objects tell. */
const isTaken = (route: GatewayRoute, evidence: RoutesEvidence) =>
  isCarried(route) &&
  broken(route, evidence).length === 0 &&
  evidence.gateways.some(({ name, exists, idle }) => exists && idle === '' && route.gateways.includes(name));

/** What was said of a route at a Gateway holds as long as that is as it was: a controller that loses it takes no word back. */
const stillTold = ({ routes, gateways }: RoutesEvidence): GatewayRoute[] => {
  const changed = new Set(gateways.filter((one) => one.changed).map(({ name }) => name));
  return routes.map((route) => ({ ...route, told: route.told.filter(({ gateway }) => !changed.has(gateway)) }));
};

/** What becomes of the routes. Beside one that is taken nobody knows whether the client means the one that is not. */
export const judgeRoutes = (all: RoutesEvidence): Judged => {
  const evidence = { ...all, routes: stillTold(all) };
  const found = judge(evidence);
  const sound = found.outcome === 'taken' || !evidence.routes.some((one) => isTaken(one, evidence));
  return sound ? found : { ...found, outcome: 'some-not-taken' };
};
