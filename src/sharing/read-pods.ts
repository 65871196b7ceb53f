import type { Flow } from '../domain/flow.js';
import { nameOf } from '../domain/name-of.js';
import { everyNamespace } from '../domain/ports.js';
import { podsBehind } from '../domain/service-pods.js';
import { allNamespaces } from '../domain/sharing.js';
import { selectorMatches } from '../policy/selector/matches.js';
import { everywhereOr, type Pod, type Reader, type Reading, reading, together, unasked, whyUnseen } from './reading.js';

// A Pod takes some kilobytes: twenty show who is meant, and a session stays small in a large cluster.
export const mostPods = 20;

/** The Namespaces of both ends, each once. */
export const namespacesOf = ({ from, to }: Pick<Flow, 'from' | 'to'>): string[] => [
  ...new Set([to, from].flatMap((end) => ('namespace' in end ? [end.namespace] : []))),
];

const isNotAsked = ({ unseen }: Reading<unknown>) => unseen.some(({ code }) => code === 'not-asked');

/** A session that has no request to spare may still have read the whole Namespace. */
const podsReadBefore = async (kube: Reader, node: string, namespace: string): Promise<Reading<Pod>> => {
  const all = await reading(kube.list('pods', { namespace }), { kind: 'pods', where: namespace });
  return { ...all, items: all.items.filter(({ spec }) => spec?.nodeName === node) };
};

/** Pods of all Namespaces on a node; where that is denied, those of the Namespaces of the flow. */
export const podsOnNode = (kube: Reader, node: string, namespaces: readonly string[]): Promise<Reading<Pod>> =>
  everywhereOr(namespaces, async (where) => {
    const found = await reading(
      kube.list('pods', { namespace: where, fields: { 'spec.nodeName': node }, limit: mostPods }),
      {
        ...{ kind: 'pods', where, limit: mostPods },
      },
    );
    return isNotAsked(found) && where !== everyNamespace ? podsReadBefore(kube, node, where) : found;
  });

export const podsAtDestination = (kube: Reader, to: Flow['to']): Promise<Reading<Pod>> => {
  if (to.kind !== 'service' && to.kind !== 'pod') return Promise.resolve(unasked('pods', allNamespaces));
  return reading(
    podsBehind(kube, to).then(({ pods }) => pods),
    { kind: 'pods', where: to.namespace },
  );
};

const podsOfPolicy = async (kube: Reader, policy: string): Promise<Reading<Pod>> => {
  const [namespace = '', name = ''] = policy.split('/');
  // The checks have read the list, so that it costs nothing.
  const policies = await kube.list('networkpolicies', { namespace });
  const found = policies.find((one) => nameOf(one) === name);
  // A policy of a plugin, which selects in words of its own.
  if (!found) return unasked('pods', namespace);
  const { podSelector } = found.spec ?? {};
  const labels = podSelector?.matchLabels;
  const pods = await kube.list('pods', { namespace, ...(labels && { labels }), limit: mostPods });
  const selected = selectorMatches(podSelector);
  return {
    items: pods.filter(({ metadata }) => selected(metadata?.labels ?? {})),
    more: pods.length >= mostPods,
    unseen: [],
  };
};

/** The Pods that policies select, which are given as `NAMESPACE/NAME`. */
export const podsOfPolicies = async (kube: Reader, policies: readonly string[]): Promise<Reading<Pod>> =>
  together(
    await Promise.all(
      policies.map((policy) =>
        podsOfPolicy(kube, policy).catch((error: unknown): Reading<Pod> => {
          const where = policy.split('/')[0] ?? '';
          return { items: [], more: false, unseen: [{ kind: 'pods', where, code: whyUnseen(error) }] };
        }),
      ),
    ),
  );
