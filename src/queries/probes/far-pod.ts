import type { Flow } from '../../domain/flow.js';
import { type FlowPod, podsOfFlow } from '../../domain/flow-pods.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { PodRef, RunPort } from '../../domain/ports.js';
import type { AnyQuery } from '../../domain/query.js';
import { servingPods } from './serving-pods.js';

interface FarPod {
  /** The Node of the source. */
  readonly self: string;
  /** A Pod of the destination on another Node. */
  readonly far: FlowPod;
  readonly port: number;
}

// Nobody listens on discard, and the refusal of a closed port comes through a tunnel as well as an answer does.
const anyPort = 9;

/** `undefined` where source and destination share a Node. */
const farPod = async (
  kube: ObjectReader<'services' | 'pods'>,
  flow: Flow<'pod' | 'node', 'service' | 'pod'>,
): Promise<FarPod | undefined> => {
  const pods = await podsOfFlow(kube, flow);
  const self = flow.from.kind === 'node' ? flow.from.name : pods.find(({ role }) => role === 'source')?.node;
  const far = pods.find((one) => one.role === 'destination' && one.node !== self && !one.host && one.address !== '');
  if (!self || !far) return undefined;
  const serving = (await servingPods(kube, flow)).find(({ pod }) => pod === far.pod);
  return { self, far, port: serving?.port ?? anyPort };
};

interface Reach<Q extends AnyQuery> {
  readonly kube: ObjectReader<'services' | 'pods'>;
  node(name: string): RunPort<Q>;
  pod(ref: PodRef): RunPort<Q>;
}

interface Ends<Q extends AnyQuery> {
  readonly here: RunPort<Q>;
  readonly there: RunPort<Q>;
  /** The source, where it is a Pod. */
  readonly pod: RunPort<Q> | undefined;
}

/** Looks at what goes from the Node of the source to a Pod on another one; without `traffic` where there is none. */
export const acrossNodes = async <Q extends AnyQuery, T>(
  { kube, node, pod }: Reach<Q>,
  flow: Flow<'pod' | 'node', 'service' | 'pod'>,
  look: (ends: Ends<Q>, far: FlowPod, port: number) => Promise<T>,
): Promise<{ node: string; other: string; address: string; traffic?: T }> => {
  const pair = await farPod(kube, flow);
  if (!pair) return { node: '', other: '', address: '' };
  const { self, far, port } = pair;
  const { from } = flow;
  const source = from.kind === 'pod' ? pod({ namespace: from.namespace, name: from.name }) : undefined;
  const traffic = await look({ here: node(self), there: node(far.node), pod: source }, far, port);
  return { node: self, other: far.node, address: far.address, ...(traffic === undefined ? {} : { traffic }) };
};
