import type { Hop } from '../domain/sharing.js';
import { type About, placeless, placesOf } from './places.js';
import { namespacesOf, podsAtDestination, podsOfPolicies, podsOnNode } from './read-pods.js';
import {
  everywhereOr,
  type Found,
  type Ingress,
  type Reader,
  type Reading,
  type Route,
  reading,
  together,
  whyUnseen,
} from './reading.js';

const routes = 'httproutes.gateway.networking.k8s.io';
// One request, however many a cluster has.
const mostRoutes = 50;

interface Asked {
  readonly at: readonly string[];
  readonly namespaces: readonly string[];
  readonly about: About;
}

type Read = (kube: Reader, asked: Asked) => Promise<Omit<Found, 'at'>>;

const servicesIn = async (kube: Reader, namespaces: readonly string[]): Promise<Pick<Found, 'services'>> => ({
  services: together(
    await Promise.all(
      namespaces.map((namespace) =>
        reading(kube.list('services', { namespace }), { kind: 'services', where: namespace }),
      ),
    ),
  ),
});

const namespaceAt = ([first = '']: readonly string[]) => first.split('/')[0] ?? '';

const ingressesIn = (kube: Reader, namespace: string): Promise<Reading<Ingress>> =>
  reading(kube.list('ingresses', { namespace }), { kind: 'ingresses', where: namespace });

/** A route may lead to a Service of another Namespace; an Ingress may not. */
const routesTo = (kube: Reader, namespace: string): Promise<Reading<Route>> =>
  everywhereOr([namespace], (where) =>
    reading(kube.list(routes, { namespace: where, limit: mostRoutes }), { kind: 'routes', where, limit: mostRoutes }),
  );

const doors = async (kube: Reader, { at }: Asked): Promise<Pick<Found, 'services' | 'ingresses' | 'routes'>> => {
  const namespace = namespaceAt(at);
  const [services, ingresses, found] = await Promise.all([
    servicesIn(kube, [namespace]),
    ingressesIn(kube, namespace),
    routesTo(kube, namespace),
  ]);
  return { ...services, ingresses, routes: found };
};

const onNodes: Read = async (kube, { at, namespaces }) => {
  const [pods, services] = await Promise.all([
    Promise.all(at.map((node) => podsOnNode(kube, node, namespaces))),
    servicesIn(kube, namespaces),
  ]);
  return { pods: together(pods), ...services };
};

const ofIngress: Read = async (kube, { at }) => ({ ingresses: await ingressesIn(kube, namespaceAt(at)) });
const nothing: Read = async () => ({});

const reads: Readonly<Record<Hop, Read>> = {
  service: doors,
  destination: async (kube, asked) => {
    const [pods, rest] = await Promise.all([podsAtDestination(kube, asked.about.flow.to), doors(kube, asked)]);
    return { pods, ...rest };
  },
  source: async (kube, { at, about: { flow } }) => {
    const [pods, services] = await Promise.all([
      flow.from.kind === 'pod'
        ? reading(
            kube
              .get('pods', { namespace: flow.from.namespace, name: flow.from.name })
              .then((pod) => (pod ? [pod] : [])),
            { kind: 'pods', where: namespaceAt(at) },
          )
        : undefined,
      servicesIn(kube, [namespaceAt(at)]),
    ]);
    return { ...(pods && { pods }), ...services };
  },
  policy: async (kube, { at }) => {
    const [pods, services] = await Promise.all([
      podsOfPolicies(kube, at),
      servicesIn(kube, [...new Set(at.map((policy) => namespaceAt([policy])))]),
    ]);
    return { pods, ...services };
  },
  node: onNodes,
  'other-node': onNodes,
  'node-of-source': onNodes,
  'node-of-destination': onNodes,
  'node-pair': onNodes,
  'node-egress': async (kube, { at, namespaces }) => ({
    pods: together(await Promise.all(at.map((node) => podsOnNode(kube, node, namespaces)))),
  }),
  ingress: ofIngress,
  'ingress-controller': ofIngress,
  'cluster-dns': nothing,
  cluster: nothing,
  outside: nothing,
  none: nothing,
};

/**
 * Reads what tells who else comes past a hop: a handful of short lists, most of which the checks have read already.
 * Undefined where the flow has no such hop, or nobody knows which one it is.
 */
export const readShared = async (kube: Reader, hop: Hop, about: About): Promise<Found | undefined> => {
  if (hop === 'none') return undefined;
  const at = await placesOf[hop](kube, about).catch((error: unknown): string[] => {
    whyUnseen(error);
    return [];
  });
  if (at.length === 0 && !placeless.has(hop)) return undefined;
  return { at, ...(await reads[hop](kube, { at, about, namespaces: namespacesOf(about.flow) })) };
};
