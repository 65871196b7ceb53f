import { z } from 'zod';
import { type FlowNode, flowNodeSchema } from '../../domain/flow-nodes.js';
import type { RunPort } from '../../domain/ports.js';
import { calicoDropSchema, calicoDrops, calicoRules } from '../../parse/plugins/calico-rules.js';
import { routeToAddress } from '../rules/route-to-address.js';
import { eachNode, unseenSchema } from './each-node.js';
import { familyOf } from './first-packet.js';
import { nodeRules, ruleQueries } from './node-rules.js';

export const calicoQueries = [...ruleQueries, routeToAddress] as const;
type Node = RunPort<(typeof calicoQueries)[number]>;

export const calicoSeenSchema = z.object({
  ...flowNodeSchema.shape,
  /** Felix has rules there at all. */
  any: z.boolean(),
  /** The chains that a packet of the flow passes there for the sake of its own ends. */
  chains: z.array(z.string()),
  drops: z.array(calicoDropSchema),
});
export const calicoAroundSchema = z.object({ seen: z.array(calicoSeenSchema), unseen: z.array(unseenSchema) });

interface Asked {
  readonly node: (name: string) => Node;
  readonly places: readonly (FlowNode & { readonly ends: readonly End[] })[];
}

/** An end of the flow that lies on the Node. Felix asks the one what it may send, the other what it may be sent. */
interface End {
  readonly address: string;
  readonly role: 'source' | 'destination';
}

const chainFor = async (node: Node, { address, role }: End): Promise<string[]> => {
  const { device } = await node.run(routeToAddress, { address });
  return device === '' ? [] : [`cali-${role === 'source' ? 'fw' : 'tw'}-${device}`];
};

/** What the rules of Felix dropped while `probe` ran. */
export const calicoAround = async <T>({ node, places }: Asked, probe: () => Promise<T>) => {
  const endsOn = new Map(places.map((place) => [place.node, place.ends]));
  const nodes = places.map(({ node: name, role }) => ({ node: name, role }));
  const family = familyOf(places[0]?.ends[0]?.address ?? '');
  const before = await eachNode(nodes, async ({ node: name }) => {
    const [{ tables }, ...chains] = await Promise.all([
      nodeRules(node(name), family, 'before'),
      ...(endsOn.get(name) ?? []).map((end) => chainFor(node(name), end)),
    ]);
    return { tables, chains: chains.flat() };
  });
  const probed = await probe();
  const first = new Map(before.seen.map((one) => [one.node, one]));
  const after = await eachNode(
    before.seen.map(({ node: name, role }) => ({ node: name, role })),
    async ({ node: name }) => {
      const { tables = [], chains = [] } = first.get(name) ?? {};
      const rules = await nodeRules(node(name), family, 'after');
      const { backends } = calicoRules(rules.tables);
      return { any: backends.length > 0, chains, drops: calicoDrops(tables, rules.tables).slice(0, 10) };
    },
  );
  return { probed, around: { seen: after.seen, unseen: [...before.unseen, ...after.unseen] } };
};
