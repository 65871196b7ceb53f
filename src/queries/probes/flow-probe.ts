import { z } from 'zod';
import type { EndOf, Flow } from '../../domain/flow.js';
import { type FlowPod, podsOfFlow } from '../../domain/flow-pods.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { RunPort } from '../../domain/ports.js';
import { understood } from '../../domain/understood.js';
import { type ConnectFacts, connectFactsSchema } from '../../parse/connect.js';
import { tcpConnect } from '../tcp-connect.js';
import { servingPods } from './serving-pods.js';

/** One Pod of the flow's start and one of its end, by their own addresses: what a plugin sees of the flow. */
export const podPairSchema = z.strictObject({
  source: z.string(),
  from: z.string(),
  to: z.string(),
  pod: z.string(),
  address: z.string(),
  port: z.int(),
  connect: connectFactsSchema,
});
export type PodPair = z.infer<typeof podPairSchema>;

interface Ends {
  readonly start: FlowPod;
  readonly end: FlowPod;
  readonly port: number;
}

/** `undefined` where an end has no address of its own, or no TCP port is meant. A Pod on another Node goes first. */
export const endsOf = async (
  kube: ObjectReader<'services' | 'pods'>,
  flow: Flow<'pod', 'service' | 'pod'>,
): Promise<Ends | undefined> => {
  if (flow.protocol !== 'TCP') return undefined;
  const [pods, serving] = await Promise.all([podsOfFlow(kube, flow), servingPods(kube, flow)]);
  const start = pods.find(({ role }) => role === 'source');
  const ends = pods.filter(({ role, host, address }) => role === 'destination' && !host && address !== '');
  const end = ends.find(({ node }) => node !== start?.node) ?? ends[0];
  const port = serving.find((one) => one.pod === end?.pod)?.port;
  return start && !start.host && start.address !== '' && end && port ? { start, end, port } : undefined;
};

// No other check tries four times: its answer lies between the two readings that it belongs to.
const series = { tries: 4, waitSeconds: 2 };

const tryIt = async (pod: RunPort<typeof tcpConnect>, { end, port }: Ends): Promise<ConnectFacts> =>
  understood(await pod.run(tcpConnect, { host: end.address, port, ...series }));

export const probed = async (
  pod: (ref: { namespace: string; name: string }) => RunPort<typeof tcpConnect>,
  from: EndOf<'pod'>,
  ends: Ends,
): Promise<PodPair> => ({
  source: ends.start.address,
  from: ends.start.node,
  to: ends.end.node,
  pod: ends.end.pod,
  address: ends.end.address,
  port: ends.port,
  connect: await tryIt(pod({ namespace: from.namespace, name: from.name }), ends),
});
