import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { Flow } from '../../domain/flow.js';
import { type FlowNode, flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { RunPort } from '../../domain/ports.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { type Counters, countersSchema, pickCounts } from '../../parse/kernel/counters.js';
import { clusterDomain } from '../../parse/resolv-conf.js';
import { askAnew } from '../ask-anew.js';
import { connectAnew } from '../connect-anew.js';
import { conntrackStatistics } from '../kernel/conntrack-statistics.js';
import { kernelCounters } from '../kernel/kernel-counters.js';
import { resolverConfig } from '../resolver-config.js';
import { eachNode, unseenSchema } from './each-node.js';
import { type Address, type Bound, sendsTo } from './flow-address.js';

/** What a step of this kind declares. */
export const windowQueries = [kernelCounters, conntrackStatistics, connectAnew, askAnew, resolverConfig] as const;
type Asked = RunPort<(typeof windowQueries)[number]>;
type Place = (name: string) => Asked;

// Of some 400 names that a kernel has; the evidence keeps what a step of ours judges.
const watched = [
  'IpFragFails',
  'IcmpOutDestUnreachs',
  'IcmpInDestUnreachs',
  'TcpAttemptFails',
  'TcpRetransSegs',
  'TcpInCsumErrors',
  'UdpInCsumErrors',
  'TcpExtListenOverflows',
  'TcpExtListenDrops',
  'TcpExtTCPReqQFullDrop',
  'TcpExtPAWSPassive',
  'TcpExtPAWSEstab',
  'TcpExtTCPTimeouts',
] as const;

export const placePairSchema = z.strictObject({
  ...flowNodeSchema.shape,
  before: countersSchema,
  after: countersSchema,
});
export type PlacePair = z.infer<typeof placePairSchema>;

export const windowSchema = z.strictObject({
  address: z.string(),
  /** Absent where nothing of the flow would answer: UDP does so for sure only from a name server. */
  connects: connectFactsSchema.optional(),
  seen: z.array(placePairSchema),
  unseen: z.array(unseenSchema),
});
export type Window = z.infer<typeof windowSchema>;

const kept = (counters: Counters): Counters => ({
  ...counters,
  mib: pickCounts(counters.mib, watched),
});

const withEvents = async (place: Asked, counters: Counters, since: string | undefined): Promise<Counters> => {
  const { conntrack } = counters;
  if (!conntrack || conntrack.events) return counters;
  const events = await ifReadable(place.run(conntrackStatistics, since === undefined ? {} : { since }));
  return events ? { ...counters, conntrack: { ...conntrack, events } } : counters;
};

/** @throws CannotLook where the kernel tells nothing */
export const readCounters = async (place: Asked, since?: string): Promise<Counters> => {
  const counters = await place.run(kernelCounters, since === undefined ? {} : { since });
  if (!counters) throw new CannotLook('tool-missing', 'The counters of the kernel could not be read.');
  return kept(await withEvents(place, counters, since));
};

// Enough to rise above what a busy node drops by the way, few enough to be no load.
const series = { tries: 6, waitSeconds: 2 };

/** Any name would do, but for one that is asked for outside of the cluster would try the way there as well. */
const questions = async (source: Asked, { host, port }: Address, since: string) => {
  const config = await ifReadable(source.run(resolverConfig, {}));
  const name = `kubernetes.default.svc.${(config && clusterDomain(config)) ?? 'cluster.local'}.`;
  return await source.run(askAnew, { host, port, name, ...series, since });
};

const answersOf = async (source: Asked, address: Address, { protocol, since }: { protocol: string; since: string }) => {
  if (protocol === 'TCP') return await source.run(connectAnew, { ...address, ...series, since });
  return protocol === 'UDP' && address.port === 53 ? await questions(source, address, since) : undefined;
};

/** A flow that starts anywhere, and goes where connects can follow it: a Node is one by its address. */
export type Watched = Bound | Pick<Flow<Flow['from']['kind'], 'node'>, keyof Flow>;

const targetOf = async (kube: ObjectReader<'services' | 'pods' | 'nodes'>, flow: Watched) => {
  const { to, port } = flow;
  if (to.kind !== 'node') return await sendsTo(kube, { ...flow, to });
  const host = internalAddress(await ifReadable(kube.get('nodes', { name: to.name })));
  return host && typeof port === 'number' ? { host, port } : undefined;
};

const paired = (before: Awaited<ReturnType<typeof read>>, after: Awaited<ReturnType<typeof read>>) => ({
  seen: before.seen.flatMap(({ node, role, counters }): PlacePair[] => {
    const later = after.seen.find((one) => one.node === node);
    return later ? [{ node, role, before: counters, after: later.counters }] : [];
  }),
  unseen: [...before.unseen, ...after.unseen.filter(({ node }) => before.seen.some((one) => one.node === node))],
});

const read = (nodes: readonly FlowNode[], place: Place, since?: string) =>
  eachNode(nodes, async ({ node }) => ({ counters: await readCounters(place(node), since) }));

/**
 * Counters of every Node of the flow, then connects of the flow itself, then the counters again. Steps that ask within
 * half a minute share one window, because its parts only fit each other.
 */
export const failingWindow = async (
  ports: { kube: ObjectReader<'services' | 'pods' | 'nodes'>; source: Asked; node: Place },
  flow: Watched,
): Promise<Window> => {
  const [nodes, address] = await Promise.all([nodesOfFlow(ports.kube, flow), targetOf(ports.kube, flow)]);
  const before = await read(nodes, ports.node);
  const since = before.seen[0]?.counters.uptime ?? '0';
  const connects = address && (await answersOf(ports.source, address, { protocol: flow.protocol, since }));
  const after = await read(nodes, ports.node, since);
  return {
    address: address ? `${address.host}:${address.port}` : '',
    ...(connects && connects.of > 0 ? { connects } : {}),
    ...paired(before, after),
  };
};
