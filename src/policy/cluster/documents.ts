import { CannotLook } from '../../domain/cannot-look.js';
import type { EndOf, Flow } from '../../domain/flow.js';
import { ifAllowed } from '../../domain/if-allowed.js';
import type { JsonObject } from '../../domain/json.js';
import type { KubeObject } from '../../domain/kinds.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { asManifest, policiesIn, policyKindsRead } from '../../domain/policy-objects.js';
import { everyNamespace } from '../../domain/ports.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { serviceAndPods } from '../../domain/service-pods.js';
import type { Enforcement } from '../cilium/enforcement.js';
import type { Document } from '../inventory/document.js';
import { modeKindsRead, nobodyTold, toldAgents } from './cilium-mode.js';

const readHere = [
  ...(['services', 'endpointslices', 'pods', 'nodes', 'namespaces'] as const),
  ...policyKindsRead,
  ...modeKindsRead,
] as const;
export type PolicyReader = ObjectReader<(typeof readHere)[number]>;
/** The same, and what tells who puts policies into effect. */
export const policyReads = [...readHere, 'daemonsets'] as const;
export type EngineReader = ObjectReader<(typeof policyReads)[number]>;

type From = EndOf<'pod' | 'node' | 'ip'>;
type To = EndOf<'service' | 'pod' | 'ip'>;
/** A flow whose ends can be judged. */
export type JudgedFlow = Omit<Flow, 'from' | 'to'> & { readonly from: From; readonly to: To };
type Objects = readonly JsonObject[];

const asPod = (pod: KubeObject<'pods'>) => asManifest('v1', 'Pod', pod);
const asNode = (node: KubeObject<'nodes'>) => asManifest('v1', 'Node', node);

const podNamed = async (kube: PolicyReader, { namespace, name }: EndOf<'pod'>) => {
  const pod = await kube.get('pods', { namespace, name });
  return pod ? [asPod(pod)] : [];
};

const ofService = async (kube: PolicyReader, to: EndOf<'service'>): Promise<Objects> => {
  const [{ service, pods }, { slices }] = await Promise.all([serviceAndPods(kube, to), serviceAndEndpoints(kube, to)]);
  return [
    ...(service ? [asManifest('v1', 'Service', service)] : []),
    ...pods.map(asPod),
    ...slices.map((slice) => asManifest('discovery.k8s.io/v1', 'EndpointSlice', slice)),
  ];
};

const atAddress = async (kube: PolicyReader, address: string): Promise<Objects> => {
  const pods = await kube.list('pods', { namespace: everyNamespace, fields: { 'status.podIP': address } });
  return pods.map(asPod);
};

const objectsOf = (kube: PolicyReader, { to }: JudgedFlow): Promise<Objects> => {
  if (to.kind === 'pod') return podNamed(kube, to);
  return to.kind === 'service' ? ofService(kube, to) : atAddress(kube, to.address);
};

const sourceOf = async (kube: PolicyReader, { from }: JudgedFlow): Promise<Objects> => {
  if (from.kind === 'pod') return podNamed(kube, from);
  if (from.kind === 'ip') return [];
  const node = await kube.get('nodes', { name: from.name });
  return node ? [asNode(node)] : [];
};

/** Whether an address is that of a node; `undefined` where nobody may know. */
const nodesFor = (kube: PolicyReader, { from, to }: JudgedFlow): Promise<KubeObject<'nodes'>[] | undefined> =>
  from.kind === 'ip' || to.kind === 'ip' ? ifAllowed(kube.list('nodes', {})) : Promise.resolve([]);

const namespaceOf = (object: JsonObject) => (object.metadata as { namespace?: string } | undefined)?.namespace;

/** What a rule may ask of a namespace besides its name cannot be known without its labels. */
const asksForLabels = (policies: Objects) => JSON.stringify(policies).includes('amespaceSelector');

const namespacesOf = async (kube: PolicyReader, names: readonly string[], policies: Objects): Promise<Objects> => {
  // Where there is no policy nothing asks for labels.
  if (policies.length === 0) return [];
  try {
    const found = await Promise.all(names.map((name) => kube.get('namespaces', { name })));
    return found.flatMap((one) => (one ? [asManifest('v1', 'Namespace', one)] : []));
  } catch (error) {
    if (error instanceof CannotLook && !asksForLabels(policies)) return [];
    throw error;
  }
};

/** What was read, and what could not be. */
export interface PolicyDocuments {
  readonly documents: readonly Document[];
  /** Who puts policies into effect, as far as that is known. */
  readonly engine: string | undefined;
  readonly nodesUnread: boolean;
  readonly enforcement?: Enforcement | undefined;
}

/** Everything that decides about one flow, as the policy evaluator reads it. */
export const policyDocuments = async (
  kube: PolicyReader,
  flow: JudgedFlow,
  engine: string | undefined,
): Promise<PolicyDocuments> => {
  const [source, destination, nodes, agents] = await Promise.all([
    sourceOf(kube, flow),
    objectsOf(kube, flow),
    nodesFor(kube, flow),
    engine === 'cilium' ? toldAgents(kube) : nobodyTold,
  ]);
  const ends = [...source, ...destination];
  const namespaces = [...new Set(ends.flatMap((one) => namespaceOf(one) ?? []))].sort();
  const policies = await policiesIn(kube, namespaces, engine);
  const spaces = await namespacesOf(kube, namespaces, policies);
  const all = [...(nodes ?? []).map(asNode), ...ends, ...spaces, ...policies, ...agents.objects];
  const unique = new Map(all.map((value) => [keyOf(value), value]));
  const documents = [...unique.values()].map((value, document) => ({ source: 'cluster', document, value }));
  return { documents, engine, nodesUnread: nodes === undefined, enforcement: agents.enforcement };
};

const keyOf = (object: JsonObject) => {
  const { namespace = '', name = '' } = (object.metadata ?? {}) as { namespace?: string; name?: string };
  return JSON.stringify([object.apiVersion, object.kind, namespace, name]);
};
