import { canonicalJson } from '../domain/canonical.js';
import type { End, Flow } from '../domain/flow.js';
import { routeTowards } from '../domain/gateway-routes.js';
import { classNamed } from '../domain/ingress-class.js';
import { servicesBehind } from '../domain/ingress-route.js';
import { placedName } from '../domain/name-of.js';
import { isFinished } from '../domain/pod-state.js';
import { isSelecting, selects } from '../domain/selector.js';
import { type Hop, otherNamespaces, type Sharer, type Sharing } from '../domain/sharing.js';
import type { Found, Ingress, Pod, Reading, Service } from './reading.js';

/** More names than that nobody reads on a screen; the rest is counted. */
const mostNames = 5;

const kindOfEnd: Partial<Record<End['kind'], Sharer>> = { pod: 'pods', service: 'services', ingress: 'ingresses' };

/** The ends of the flow that are of this kind: the flow does not share a hop with itself. */
const endsOf = ({ from, to }: Shared['flow'], kind: Sharer): string[] =>
  [from, to].flatMap((end) =>
    'namespace' in end && kindOfEnd[end.kind] === kind ? [`${end.namespace}/${end.name}`] : [],
  );

const isInFrontOf = (service: Service, pods: readonly Pod[]): boolean => {
  if (service.spec?.type === 'ExternalName') return false;
  return pods.some(
    ({ metadata }) =>
      metadata?.namespace === service.metadata?.namespace && isSelecting(service, metadata?.labels ?? {}),
  );
};

/** A selector that is wrong in one Service is wrong in another that says the same. */
const saysTheSame = (service: Service, other: Service | undefined) =>
  selects(service.spec?.selector) &&
  canonicalJson(service.spec?.selector) === canonicalJson(other?.spec?.selector ?? {});

const backendsOf = (ingress: Ingress): string[] =>
  servicesBehind(ingress).map((name) => `${ingress.metadata?.namespace ?? ''}/${name}`);

/** Hops at which a Service is at fault for what it says. */
const byName: readonly Hop[] = ['service', 'destination'];

interface Shared {
  readonly hop: Hop;
  readonly found: Found;
  readonly flow: Pick<Flow, 'from' | 'to'>;
}

const servicesAt = ({ hop, found: { pods, services, ingresses, at } }: Shared): string[] => {
  const all = services?.items ?? [];
  const own = all.find((one) => at.includes(placedName(one)));
  if (hop === 'ingress')
    return (ingresses?.items ?? []).filter((one) => at.includes(placedName(one))).flatMap(backendsOf);
  return all
    .filter((one) => isInFrontOf(one, pods?.items ?? []) || (byName.includes(hop) && saysTheSame(one, own)))
    .map(placedName);
};

/** Services whose clients meet the hop: that of the flow itself, and those that lead to the same place. */
const ledTo = (shared: Shared): string[] => [...endsOf(shared.flow, 'services'), ...servicesAt(shared)];

const ingressesAt = (shared: Shared): string[] => {
  const items = shared.found.ingresses?.items ?? [];
  if (shared.hop === 'ingress-controller') {
    const own = items.find((one) => shared.found.at.includes(placedName(one)));
    return own ? items.filter((one) => classNamed(one).name === classNamed(own).name).map(placedName) : [];
  }
  const services = ledTo(shared);
  return items.filter((one) => backendsOf(one).some((name) => services.includes(name))).map(placedName);
};

const routesAt = (shared: Shared): string[] => {
  const services = ledTo(shared).map((one) => {
    const [namespace = '', name = ''] = one.split('/');
    return { namespace, name };
  });
  const items = shared.found.routes?.items ?? [];
  return items.filter((route) => services.some((service) => routeTowards(route, service))).map(placedName);
};

const kindsOf: Readonly<Record<Hop, readonly Sharer[]>> = {
  service: ['services', 'ingresses', 'routes'],
  destination: ['services', 'ingresses', 'routes'],
  source: ['services'],
  policy: ['pods', 'services'],
  node: ['pods', 'services'],
  'other-node': ['pods', 'services'],
  'node-of-source': ['pods', 'services'],
  'node-of-destination': ['pods', 'services'],
  'node-pair': ['pods', 'services'],
  'node-egress': ['pods'],
  ingress: ['services'],
  'ingress-controller': ['ingresses'],
  'cluster-dns': [],
  cluster: [],
  outside: [],
  none: [],
};

/** The lists a kind is found by. */
const sourcesOf = (kind: Sharer, { hop, found }: Shared): Reading<unknown>[] => {
  const { pods, services, ingresses, routes } = found;
  const lists = {
    pods: [pods],
    services: hop === 'ingress' ? [ingresses] : [services, pods],
    ingresses: [ingresses],
    routes: [routes],
  }[kind];
  return lists.flatMap((list) => list ?? []);
};

const isBlind = ({ items, unseen }: Reading<unknown>) => items.length === 0 && unseen.length > 0;
const isCut = ({ more, unseen }: Reading<unknown>) => more || unseen.length > 0;

const groupOf = (kind: Sharer, shared: Shared): Sharing['groups'] => {
  const sources = sourcesOf(kind, shared);
  if (sources.some(isBlind)) return [];
  const living = (shared.found.pods?.items ?? []).filter((pod) => !isFinished(pod));
  const all = {
    pods: () => living.map(placedName),
    services: () => servicesAt(shared),
    ingresses: () => ingressesAt(shared),
    routes: () => routesAt(shared),
  }[kind]();
  const own = endsOf(shared.flow, kind);
  const others = [...new Set(all)].filter((name) => !own.includes(name)).sort();
  return [{ kind, names: others.slice(0, mostNames), count: others.length, more: sources.some(isCut) }];
};

/** Namespaces that were never looked in, although Pods of the hop, or doors like it, may be there. */
const beyond = ({ hop, found, flow }: Shared): Sharing['unseen'] => {
  const elsewhere = (kind: Sharer) => [{ kind, where: otherNamespaces, code: 'not-asked' as const }];
  if (hop === 'ingress-controller') return elsewhere('ingresses');
  const known = [flow.from, flow.to].flatMap((end) => ('namespace' in end ? [end.namespace] : []));
  const strange = (found.pods?.items ?? []).some(({ metadata }) => !known.includes(metadata?.namespace ?? ''));
  return found.services && strange ? elsewhere('services') : [];
};

/** Who comes past the hop besides the flow, from what was read. Pure: what was not read is said, and never counts as none. */
export const sharing = (shared: Shared): Sharing => {
  const { hop, found } = shared;
  const readings = [found.pods, found.services, found.ingresses, found.routes];
  const unseen = [...readings.flatMap((one) => one?.unseen ?? []), ...beyond(shared)];
  return {
    hop,
    at: [...found.at],
    groups: kindsOf[hop].flatMap((kind) => groupOf(kind, shared)),
    unseen: [...new Map(unseen.map((one) => [canonicalJson(one), one])).values()],
  };
};
