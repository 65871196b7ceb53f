import type { Flow } from '../../domain/flow.js';
import { nodesOfFlow } from '../../domain/flow-nodes.js';
import type { History } from '../../domain/history.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { JsonObject } from '../../domain/json.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { Clock } from '../../domain/ports.js';
import type { LookBack } from '../../parse/history/judge.js';

interface Asked {
  readonly question: string;
  readonly args: JsonObject;
  readonly owners: readonly string[];
  readonly names?: Readonly<Record<string, string>>;
}

interface Historian {
  readonly kube: { history(question: string, args: JsonObject): Promise<History | undefined> };
  readonly clock: Clock;
}

/** Where nobody says since when it fails, it fails now. */
const present = 600;

/** What was kept around the trouble. @throws CannotLook */
export const lookBack = async (
  { kube, clock }: Historian,
  { question, args, owners, names = {} }: Asked,
): Promise<LookBack> => {
  const history = await kube.history(question, args);
  const began = clock.since === undefined ? (history?.to ?? 0) - present : Math.floor(clock.since / 1000);
  return { ...(history && { history }), began, names: { ...names }, owners: [...owners] };
};

/** The nodes of a flow as a scrape may call them: by name, and by address where that may be read. */
export const scrapedNodes = async (
  kube: ObjectReader<'services' | 'pods' | 'nodes'>,
  flow: Pick<Flow, 'from' | 'to'>,
): Promise<Pick<Asked, 'owners' | 'names' | 'args'>> => {
  const owners = (await nodesOfFlow(kube, flow)).flatMap(({ node, role }) => (role === 'peer' ? [] : [node]));
  const named = await Promise.all(
    owners.map(async (name) => [internalAddress(await ifReadable(kube.get('nodes', { name }))), name] as const),
  );
  const byAddress = named.filter(([address]) => address !== undefined) as (readonly [string, string])[];
  return {
    owners,
    names: Object.fromEntries(byAddress),
    args: { nodes: [...owners, ...byAddress.map(([one]) => one)] },
  };
};
