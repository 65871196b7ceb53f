import { ifAllowed } from '../../domain/if-allowed.js';
import type { JsonObject } from '../../domain/json.js';
import { type Kind, kinds } from '../../domain/kinds.js';
import { asManifest, policiesOfAnyEngine } from '../../domain/policy-objects.js';
import type { World } from '../../domain/ports.js';
import type { PolicyEnd } from '../../policy/ends/written-end.js';
import type { Document } from '../../policy/inventory/document.js';
import { objectReader } from '../../ports/object-reader.js';

/** What a list of the API leaves out of its items. */
const kindOf = {
  pods: 'Pod',
  services: 'Service',
  endpointslices: 'EndpointSlice',
  nodes: 'Node',
  namespaces: 'Namespace',
} as const satisfies Partial<Record<Kind, string>>;
type Read = keyof typeof kindOf;

const inNamespaces = ['pods', 'services', 'endpointslices'] as const;

export const documentOf = (value: JsonObject): Document => {
  const { name, namespace } = (value.metadata ?? {}) as { name?: string; namespace?: string };
  return {
    source: `${value.kind as string} ${namespace === undefined ? '' : `${namespace}/`}${name ?? ''}`,
    document: 0,
    value,
  };
};

const documentOfItem = (kind: Read, item: JsonObject): Document => {
  const { group, version } = kinds[kind];
  return documentOf(asManifest(group ? `${group}/${version}` : version, kindOf[kind], item));
};

/** The namespaces that the ends stand in; only these are read. */
export const namespacesOf = (ends: readonly PolicyEnd[]): string[] => [
  ...new Set(ends.flatMap((end) => ('namespace' in end ? end.namespace : []))),
];

export interface ClusterDocuments {
  readonly documents: readonly Document[];
  /** Nodes belong to the whole cluster, and who is at home in one namespace is seldom allowed to list them. */
  readonly nodesUnread: boolean;
}

/** Everything in a cluster that the policies of these namespaces speak of. Throws `CannotLook`. */
export const clusterDocuments = async (
  world: Pick<World, 'ask'>,
  namespaces: readonly string[],
  signal: AbortSignal,
): Promise<ClusterDocuments> => {
  const list = async (kind: Read, namespace?: string) => {
    const items = await world.ask({ port: 'kube', verb: 'list', kind, ...(namespace ? { namespace } : {}) }, signal);
    return items.map((item) => documentOfItem(kind, item));
  };
  const reader = objectReader((call) => world.ask(call, signal));
  const [nodes, ...found] = await Promise.all([
    ifAllowed(list('nodes')),
    list('namespaces'),
    policiesOfAnyEngine(reader, namespaces).then((found) => found.map(documentOf)),
    ...namespaces.flatMap((namespace) => inNamespaces.map((kind) => list(kind, namespace))),
  ]);
  return { documents: [...(nodes ?? []), ...found.flat()], nodesUnread: nodes === undefined };
};
