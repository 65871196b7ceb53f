import { type KnownName, namesIn } from '../clean/known-name.js';
import { isDnsSubdomain } from '../domain/dns-names.js';
import type { JournalEvent, SessionHeader } from '../domain/journal.js';
import { stageSchema } from '../domain/stage.js';

type Fields = Readonly<Record<string, unknown>>;

const kindOfKey: Readonly<Record<string, KnownName['kind']>> = {
  ...{ pod: 'pod', pods: 'pod', 'source-pod': 'pod', node: 'node', nodes: 'node', 'source-node': 'node' },
  ...{ namespace: 'namespace', namespaces: 'namespace', 'source-namespace': 'namespace' },
};
const kindOfNamed: Readonly<Record<string, KnownName['kind']>> = {
  ...{ pod: 'pod', pods: 'pod', node: 'node', nodes: 'node', namespaces: 'namespace' },
};

const strings = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(strings) : [];

// How many Pods a Node or a quota has room for stands under "pods", too.
const quantity = /^\d+[kM]?$/;

/** `shop/client`, as facts write a Pod. */
const partsOf = (kind: KnownName['kind'], text: string): KnownName[] => {
  const [namespace = '', name] = text.split('/');
  if (name === undefined) return quantity.test(text) ? [] : [{ kind, name: text }];
  return [
    { kind: 'namespace', name: namespace },
    { kind, name },
  ];
};

/** An end of a flow, what a call asked for, or a group of a verdict: each says what it names. */
const ownName = ({ kind, name, names }: Fields): KnownName[] => {
  const known = kindOfNamed[typeof kind === 'string' ? kind : ''];
  if (!known) return [];
  return typeof name === 'string' ? [{ kind: known, name }] : strings(names).flatMap((one) => partsOf(known, one));
};

function* named(value: unknown): Generator<KnownName> {
  if (Array.isArray(value)) {
    for (const item of value) yield* named(item);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  yield* ownName(value as Fields);
  for (const [key, item] of Object.entries(value)) {
    const kind = kindOfKey[key];
    if (kind !== undefined) for (const text of strings(item)) yield* partsOf(kind, text);
    yield* named(item);
  }
}

const structural = new Set(
  'check node outcome result stage by kind of protocol code id certainty weight cause source level from to chosen found next verb resource hop'.split(
    ' ',
  ),
);

/** Words of the tree and of the catalogue. A journal could not be read where one of them got a stand-in. */
function* words(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* words(item);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === 'facts' || key === 'detail') continue;
    if (typeof item === 'string' && structural.has(key)) yield* [item, ...item.split(/[/.]/)];
    else yield* words(item);
  }
}

const ours = (events: readonly JournalEvent[]) =>
  new Set([
    ...stageSchema.options,
    ...'stage pod service ingress node host ip cidr outside workload control-plane'.split(' '),
    ...events.filter(({ type }) => type !== 'nodes.collected').flatMap(({ data }) => [...words(data)]),
  ]);

// What installers call every cluster.
const saysNothing = new Set(['kubernetes', 'default', 'minikube', 'kind', 'local']);

const isTelling = (user: string) => user.length > 2 && user !== 'root';

const fromHeader = ({ operator, target, session_id: session }: SessionHeader): KnownName[] => {
  const users = [operator.os_user, operator.k8s_user, operator.as].filter((user) => user !== null && isTelling(user));
  const clusters = [target.context, target.cluster].filter((name) => name !== null && !saysNothing.has(name));
  return [
    ...users.map((name): KnownName => ({ kind: 'user', name: name ?? '' })),
    ...clusters.map((name): KnownName => ({ kind: 'cluster', name: name ?? '' })),
    { kind: 'session', name: session },
  ];
};

/** Every name that a session tells, with what it is the name of. */
export const namesOfSession = (events: readonly JournalEvent[], others: readonly unknown[]): KnownName[] => {
  const [first] = events;
  const header = first?.type === 'session.started' ? fromHeader(first.data) : [];
  const kept = ours(events);
  const found = [...events.map(({ data }) => data), ...others].flatMap((one) => [...named(one), ...namesIn(one)]);
  return [...header, ...found.filter(({ name }) => isDnsSubdomain(name))].filter(({ name }) => !kept.has(name));
};
