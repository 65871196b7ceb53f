import { endpointsOf, usable } from '../domain/endpoints.js';
import type { KubeObject } from '../domain/kinds.js';
import { nameOf } from '../domain/name-of.js';
import type { Seen } from '../ui/first-look.js';

type Service = KubeObject<'services'>;
type Slice = KubeObject<'endpointslices'>;

/** Items that one request may bring; whoever has more is told that the rest was not looked at. */
export const most = 500;

const time = (stamp: string) => `${stamp.slice(11, 19)}Z`;
const dated = (key: 'none-ready' | 'none-listed' | 'node-not-ready', since: string | undefined) =>
  since ? ({ key: `${key}-since`, since: time(since) } as const) : ({ key, since: '' } as const);

/** Only a Service with a selector promises that somebody answers: others are filled by hand or only names. */
const promises = ({ spec }: Service) => spec?.type !== 'ExternalName' && Object.keys(spec?.selector ?? {}).length > 0;

// The endpoints controller notes the change that made it write (kubernetes, pkg/controller/util/endpoint).
const lastChange = (slices: readonly Slice[]) =>
  slices
    .flatMap(({ metadata }) => metadata?.annotations?.['endpoints.kubernetes.io/last-change-trigger-time'] ?? [])
    .toSorted()
    .at(-1);

const silent = (service: Service, slices: readonly Slice[]): Seen[] => {
  const endpoints = endpointsOf(slices);
  if (usable(endpoints).length > 0) return [];
  const { key, since } = dated(endpoints.length > 0 ? 'none-ready' : 'none-listed', lastChange(slices));
  const name = `${service.metadata?.namespace}/${nameOf(service)}`;
  return [
    { result: 'fail', key, facts: { service: name, all: endpoints.length, since }, symptom: 'service-unreachable' },
  ];
};

const onlyFirst = (what: string, items: readonly unknown[]): Seen[] =>
  items.length < most ? [] : [{ result: 'skip', key: 'only-first', facts: { what, count: most } }];

/** Services that nobody stands behind. */
export const servicesSeen = (namespace: string, services: readonly Service[], slices: readonly Slice[]): Seen[] => {
  const byService = Map.groupBy(slices, ({ metadata }) => metadata?.labels?.['kubernetes.io/service-name'] ?? '');
  // Where slices were left unread, a Service without any may still have some.
  const judged = services.filter(
    (service) => promises(service) && (slices.length < most || byService.has(nameOf(service))),
  );
  const failing = judged.flatMap((service) => silent(service, byService.get(nameOf(service)) ?? []));
  const limits = [...onlyFirst('services', services), ...onlyFirst('endpointslices', slices)];
  if (judged.length === 0) return [{ result: 'unsure', key: 'no-services', facts: { namespace } }, ...limits];
  if (failing.length > 0) return [...failing, ...limits];
  return [{ result: 'pass', key: 'services-ready', facts: { count: judged.length, namespace } }, ...limits];
};

const conditionOf = ({ status }: KubeObject<'nodes'>) => status?.conditions?.find(({ type }) => type === 'Ready');

export const nodesSeen = (nodes: readonly KubeObject<'nodes'>[]): Seen[] => {
  const down = nodes.filter((node) => conditionOf(node)?.status !== 'True');
  const limits = onlyFirst('nodes', nodes);
  if (down.length === 0) return [{ result: 'pass', key: 'nodes-ready', facts: { count: nodes.length } }, ...limits];
  const seen = down.map((node): Seen => {
    const { key, since } = dated('node-not-ready', conditionOf(node)?.lastTransitionTime);
    return { result: 'warn', key, facts: { node: nameOf(node), since }, symptom: 'node-unreachable' };
  });
  return [...seen, ...limits];
};

const isReady = ({ status }: KubeObject<'pods'>) =>
  status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');

/** Pods that answer names; their label is the same under CoreDNS and kube-dns. */
export const dnsSeen = (pods: readonly KubeObject<'pods'>[]): Seen[] => {
  if (pods.length === 0) return [{ result: 'unsure', key: 'dns-none', facts: {} }];
  const ready = pods.filter(isReady).length;
  const result = ready === pods.length ? 'pass' : ready === 0 ? 'fail' : 'warn';
  const symptom = result === 'pass' ? {} : ({ symptom: 'dns-fails' } as const);
  return [{ result, key: 'dns', facts: { ready, all: pods.length }, ...symptom }];
};
