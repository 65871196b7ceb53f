import { z } from 'zod';
import { type FlowNode, flowNodeSchema } from '../../domain/flow-nodes.js';
import type { RunPort } from '../../domain/ports.js';
import { understood } from '../../domain/understood.js';
import { type ConnectFacts, connectFactsSchema } from '../../parse/connect.js';
import { filterSchema, filtersOf } from '../../parse/rules/filters.js';
import type { Packet } from '../../parse/rules/packet.js';
import { routeToAddress } from '../rules/route-to-address.js';
import { tcpConnect } from '../tcp-connect.js';
import { eachNode, unseenSchema } from './each-node.js';
import { familyOf, firstPacket, type Start } from './first-packet.js';
import { nodeRules, ruleQueries } from './node-rules.js';

export const aroundQueries = [...ruleQueries, routeToAddress, tcpConnect] as const;
type Query = (typeof aroundQueries)[number];

export const aroundSchema = z.strictObject({
  connect: connectFactsSchema,
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, filters: z.array(filterSchema) })),
  unseen: z.array(unseenSchema),
});
type Around = z.infer<typeof aroundSchema>;

interface Place {
  readonly address: string;
  readonly port: number;
}

export interface Probe {
  readonly start: Start;
  /** What is dialled, and where that leads: the same where no Service lies between. */
  readonly to: Place;
  readonly beyond: readonly Place[];
}

// Other checks try three times or nine: this series is none of theirs, so it lies between the two readings.
const series = ({ address, port }: Place) => ({ host: address, port, tries: 4, waitSeconds: 2 });

const packetsOn = async (node: RunPort<Query>, { start, to, beyond }: Probe): Promise<Packet[]> => {
  const [back, ...there] = await Promise.all(
    [start.address, to.address, ...beyond.map(({ address }) => address)].map((address) =>
      node.run(routeToAddress, { address }),
    ),
  );
  const comesIn = start.fromNode ? {} : { in: back?.device || undefined };
  return [to, ...beyond].map((place, index) =>
    firstPacket(
      start,
      { ...place, protocol: 'tcp' },
      {
        ...comesIn,
        out: there[index]?.device || undefined,
        toNode: there[index]?.kind === 'local',
        ...(index > 0 && { states: ['NEW', 'DNAT'] }),
      },
    ),
  );
};

interface Places {
  pod: RunPort<Query>;
  node(name: string): RunPort<Query>;
}

/** Reads the packet rules of all nodes, lets a probe fail or succeed, and reads them again: what counted meanwhile? */
export const aroundProbe = async (places: Places, nodes: readonly FlowNode[], probe: Probe): Promise<Around> => {
  const family = familyOf(probe.to.address);
  const before = await eachNode(nodes, async ({ node }) => ({
    tables: (await nodeRules(places.node(node), family, 'before')).tables,
    packets: await packetsOn(places.node(node), probe),
  }));
  const connect: ConnectFacts = understood(await places.pod.run(tcpConnect, series(probe.to)));
  const first = new Map(before.seen.map((one) => [one.node, one]));
  const after = await eachNode(
    before.seen.map(({ node, role }) => ({ node, role })),
    async ({ node }) => {
      const { tables = [], packets = [] } = first.get(node) ?? {};
      const rules = await nodeRules(places.node(node), family, 'after');
      const readings = { before: tables, after: rules.tables };
      return { filters: filtersOf(readings, { family, packets, least: connect.failed }).slice(0, 8) };
    },
  );
  return { connect, seen: after.seen, unseen: [...before.unseen, ...after.unseen] };
};
