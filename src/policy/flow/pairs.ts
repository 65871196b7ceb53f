import type { Protocol } from '../../domain/flow.js';
import { someNode } from '../ends/outside.js';
import type { Sources, Targets } from '../ends/targets.js';
import { partiesOf } from '../inventory/endpoint.js';
import type { Inventory } from '../inventory/inventory.js';
import type { Connection } from '../judge/judge.js';
import { type Reason, reason } from '../model/match.js';
import type { Party } from '../model/party.js';

const fits = (one: Party, other: Party) =>
  !one.address || !other.address || one.address.family === other.address.family;

/** What policies see as the source: traffic from outside that a Service rewrites comes from the node it came to. */
const seen = (sources: Sources, targets: Targets, { nodes, nodesUnread }: Inventory) => {
  const outside = sources.parties.some((parties) => parties.some(({ kind }) => kind === 'outside'));
  if (!outside || !targets.hidesSource) return { parties: sources.parties, remarks: [] as Reason[] };
  const kept = sources.parties.filter((parties) => parties.every(({ kind }) => kind !== 'outside'));
  const doors = nodes.length > 0 && !nodesUnread ? nodes.map(partiesOf) : [[someNode('any node')]];
  return { parties: [...kept, ...doors], remarks: [reason('source-rewritten')] };
};

/** Every connection that the flow may turn out to be, each in the families that both ends have. */
export const pairsOf = (
  sources: Sources,
  targets: Targets,
  { protocol, inventory }: { protocol: Protocol; inventory: Inventory },
) => {
  const { parties, remarks } = seen(sources, targets, inventory);
  const connections = parties.flatMap((from) =>
    targets.targets.flatMap(({ parties: to, port }) =>
      from.flatMap((one) =>
        to
          .filter((other) => fits(one, other))
          .map((other): Connection => ({ from: one, to: other, protocol, port: Number(port) })),
      ),
    ),
  );
  return { connections, remarks };
};
