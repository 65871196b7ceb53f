import type { Flow } from '../../domain/flow.js';
import type { FlowNode } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { internalAddress, kubeletPort } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { RunPort } from '../../domain/ports.js';
import type { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import type { Counters } from '../../parse/kernel/counters.js';
import { type Roses, roseBetween } from '../../parse/recorder/rises.js';
import type { connectsOverTime } from '../recorder/connects-over-time.js';
import { readCounters, type windowQueries } from './failing-window.js';
import { connectPlan, endpointsToRecord, placeOf } from './recorded-ways.js';
import type { Plan } from './recording.js';

type Runner = RunPort<typeof connectsOverTime>;

// A recording from the Pod alone may have been made just before: none of its stretches answers for one of these.
const momentOf = (stretch: number | string) => `${stretch}.1`;

interface From {
  readonly kube: ObjectReader<'nodes'>;
  readonly source: Runner;
  readonly own: Runner;
}

interface About {
  readonly found: Awaited<ReturnType<typeof serviceAndEndpoints>>;
  readonly nodes: readonly FlowNode[];
  readonly flow: Flow<'pod', 'service'>;
}

/** Every node has a kubelet that opens connections: what they lose is lost below every Pod. */
const kubelets = async (kube: From['kube'], nodes: readonly FlowNode[]) => {
  const others = nodes.filter(({ role }) => role === 'destination');
  const found = await Promise.all(
    others.map(async ({ node }) => ({
      node,
      host: internalAddress(await ifReadable(kube.get('nodes', { name: node }))),
    })),
  );
  return found.flatMap(({ node, host }) => (host ? [{ host, port: kubeletPort, node, pod: '' }] : []));
};

/** From the Node of the Pod to the other Nodes and to the endpoints, and from the Pod to the endpoints at the same time. */
export const waysOfNode = async ({ kube, source, own }: From, { found, nodes, flow }: About): Promise<Plan[]> => {
  if (flow.protocol !== 'TCP') return [];
  const [others, endpoints] = [await kubelets(kube, nodes), endpointsToRecord(found, flow).map(placeOf)];
  const of = others.length + 2 * endpoints.length;
  const plans = [
    ...others.map((place) => connectPlan(own, 'nodes', { place, of })),
    ...endpoints.map((place) => connectPlan(own, 'node-endpoint', { place, of })),
    ...endpoints.map((place) => connectPlan(source, 'endpoint', { place, of })),
  ];
  return plans.map((plan) => ({ ...plan, ask: (stretch) => plan.ask(momentOf(stretch)) }));
};

/** Reads the counters of every Node around each stretch. A Node that cannot be read hides none of the others. */
export const countersOverTime = (
  nodes: readonly FlowNode[],
  place: (name: string) => RunPort<(typeof windowQueries)[number]>,
) => {
  const readings: (Counters | undefined)[][] = [];
  return {
    read: async (stretch: number) => {
      const since = momentOf(stretch);
      readings[stretch] = await Promise.all(nodes.map(({ node }) => ifReadable(readCounters(place(node), since))));
    },
    rose: (): Roses[] =>
      nodes.map(({ node, role }, at) => ({
        ...{ node, role },
        stretches: readings.slice(1).map((after, stretch) => roseBetween(readings[stretch]?.[at], after[at])),
      })),
  };
};
