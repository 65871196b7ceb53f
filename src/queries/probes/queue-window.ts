import { z } from 'zod';
import { type FlowNode, flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { RunPort } from '../../domain/ports.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { type Queue, queueSchema } from '../../parse/kernel/queue-disciplines.js';
import { connectAnew } from '../connect-anew.js';
import { queueDisciplines } from '../kernel/queue-disciplines.js';
import { unseenSchema } from './each-node.js';
import { addressOf, type Bound } from './flow-address.js';
import { nodesOfEnds } from './nodes-of-ends.js';
import { readable } from './readable-rows.js';

const risingSchema = z.strictObject({ ...queueSchema.shape, dropped: z.number() });
export const queueWindowSchema = z.strictObject({
  address: z.string(),
  connects: connectFactsSchema.optional(),
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, queues: z.array(risingSchema) })),
  unseen: z.array(unseenSchema),
});
export type QueueWindow = z.infer<typeof queueWindowSchema>;

export const queueQueries = [queueDisciplines, connectAnew] as const;
type Asked = RunPort<(typeof queueQueries)[number]>;
type Place = (name: string) => Asked;

const queuesOn = async (node: Asked, since: string) =>
  readable(await node.run(queueDisciplines, { since }), 'The queues of the devices');

const same = (a: Queue, b: Queue) => a.device === b.device && a.kind === b.kind;

/** What tells something: queues that dropped packets meanwhile, hold some, or hold a device back. */
const telling = (before: readonly Queue[], after: readonly Queue[]) =>
  after
    .map((queue) => {
      const was = before.find((one) => same(one, queue));
      return { ...queue, dropped: was ? Math.max(0, queue.drops - was.drops) : 0 };
    })
    .filter(({ dropped, rate, waiting }) => dropped > 0 || waiting > 0 || rate !== undefined)
    .toSorted((a, b) => b.dropped - a.dropped)
    .slice(0, 20);

/** The queues of every Node of the flow, connects of the flow itself, and the queues again. */
export const queueWindow = async (
  ports: { kube: ObjectReader<'services' | 'pods' | 'nodes'>; source: Asked; node: Place },
  flow: Bound,
): Promise<QueueWindow> => {
  const [nodes, address] = await Promise.all([nodesOfFlow(ports.kube, flow), addressOf(ports.kube, flow)]);
  const before = await nodesOfEnds(nodes, async ({ node }) => ({ queues: await queuesOn(ports.node(node), '1') }));
  const series = { tries: 6, waitSeconds: 2, since: '1' };
  const connects = address && (await ports.source.run(connectAnew, { ...address, ...series }));
  const places = before.seen.map(({ node, role }): FlowNode => ({ node, role }));
  const after = await nodesOfEnds(places, async ({ node }) => {
    const was = before.seen.find((one) => one.node === node)?.queues ?? [];
    return { queues: telling(was, await queuesOn(ports.node(node), '2')) };
  });
  return {
    address: address ? `${address.host}:${address.port}` : '',
    ...(connects && connects.of > 0 ? { connects } : {}),
    seen: after.seen,
    unseen: [...before.unseen, ...after.unseen],
  };
};
