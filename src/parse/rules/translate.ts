import { z } from 'zod';
import type { Packet } from './packet.js';
import { atMost, type Chain, type Table } from './rule-set.js';
import { type Walked, type Way, walk } from './walk.js';

export const translationSchema = z.strictObject({
  /** `iptables-nft`, `iptables-legacy` or `nftables`. */
  from: z.string(),
  table: z.string(),
  priority: z.int(),
  /** Where connections go, with the share of them that does. */
  endpoints: z.array(
    z.strictObject({
      address: z.string(),
      port: z.int(),
      share: z.number(),
      mark: z.int(),
      /** Written by kube-proxy, as far as one can see from its chains. */
      own: z.boolean(),
    }),
  ),
  /** The share that this table leaves as it is. */
  untouched: z.number(),
  affinity: z.number(),
  /** Rules that are not kube-proxy's and change where a share of the packets goes. */
  foreign: z.array(z.string()),
  /** Rules of which only more knowledge could tell whether they match. */
  perhaps: z.array(z.string()),
});
export type Translation = z.infer<typeof translationSchema>;

/** Names of chains that are kube-proxy's, in iptables. */
const ofProxy =
  /^KUBE-(SERVICES|NODEPORTS|SVC-|SVL-|SEP-|EXT-|FW-|XLB-|EXTERNAL-SERVICES|MARK-|POSTROUTING|FORWARD|PROXY-)/;
export const isProxyTable = ({ from, name }: Pick<Table, 'from' | 'name'>) =>
  from === 'nftables' && name === 'kube-proxy';
export const isOwn = (table: Table, path: readonly string[]) =>
  isProxyTable(table) || path.some((chain) => ofProxy.test(chain));

// NF_IP_PRI_NAT_DST of the kernel.
const natPriority = -100;

export interface Base {
  readonly table: Table;
  readonly chain: Chain & { readonly hook: NonNullable<Chain['hook']> };
}

/** The chains that the kernel itself calls there, in its order; `inet` tables see both families. */
export const basesAt = (tables: readonly Table[], at: string, family: 'ip' | 'ip6'): Base[] =>
  tables
    .filter((table) => table.family === family || table.family === 'inet')
    .flatMap((table) =>
      [...table.chains.values()].flatMap((chain) =>
        chain.hook?.at === at ? [{ table, chain: { ...chain, hook: chain.hook } }] : [],
      ),
    )
    .toSorted((a, b) => a.chain.hook.priority - b.chain.hook.priority);

const changes = ({ end }: Way) => end.do === 'dnat' || end.do === 'redirect';

const endpointOf = (way: Way, table: Table, packet: Packet) => {
  const { end, share, mark } = way;
  const port = end.do === 'dnat' || end.do === 'redirect' ? (end.port ?? packet.port) : packet.port;
  // A redirect goes to the node itself.
  const address = end.do === 'dnat' ? end.address || packet.destination : 'this node';
  return { address, port, share, mark, own: isOwn(table, way.path) };
};

type Place = Translation['endpoints'][number];
const summed = (places: readonly Place[]): Place[] =>
  [...Map.groupBy(places, ({ address, port, mark, own }) => `${address} ${port} ${mark} ${own}`).values()].map(
    ([first, ...more]) => ({
      ...(first as Place),
      share: [first as Place, ...more].reduce((sum, { share }) => sum + share, 0),
    }),
  );

const shareOf = (ways: readonly Way[]) => ways.reduce((sum, { share }) => sum + share, 0);
const foreignOf = ({ table }: Base, { ways }: Walked) =>
  ways.filter((way) => changes(way) && !isOwn(table, way.path)).map(({ rule }) => atMost(rule?.text ?? ''));

const translateAt = (base: Base, packet: Packet): { translation: Translation; lost: boolean } => {
  const { table, chain } = base;
  const walked = walk(table.chains, chain.name, packet);
  const places = walked.ways.filter(changes).map((way) => endpointOf(way, table, packet));
  const translation = {
    from: table.from,
    table: `${table.family} ${table.name}`,
    priority: chain.hook.priority,
    endpoints: summed(places),
    untouched: shareOf(walked.ways.filter((way) => !changes(way))),
    affinity: walked.affinity,
    foreign: foreignOf(base, walked).slice(0, 5),
    perhaps: walked.perhaps
      .filter(({ action }) => action.do === 'dnat' || action.do === 'redirect' || action.do === 'look-up')
      .map(({ text }) => atMost(text))
      .slice(0, 5),
  };
  return { translation, lost: walked.lost };
};

/** What every NAT table of one family makes of the first packet of a connection. */
export const translate = (
  tables: readonly Table[],
  packet: Packet,
  family: 'ip' | 'ip6',
): { translations: Translation[]; lost: boolean } => {
  const at = packet.fromNode ? 'output' : 'prerouting';
  const all = basesAt(tables, at, family)
    .filter(({ chain }) => chain.hook.type === 'nat')
    .map((base) => translateAt(base, packet));
  return {
    translations: all
      .map(({ translation }) => translation)
      .filter(({ endpoints, perhaps }) => endpoints.length + perhaps.length > 0),
    lost: all.some(({ lost }) => lost),
  };
};

/**
 * What becomes of what no NAT table changed, where the packet is checked: whether a rule refuses or drops it.
 * kube-proxy writes there that a Service has no endpoints.
 */
export const refusals = (tables: readonly Table[], packet: Packet, family: 'ip' | 'ip6') => {
  const at = packet.fromNode ? ['output'] : ['forward'];
  const ways = at
    .flatMap((hook) => basesAt(tables, hook, family))
    .filter(({ chain }) => chain.hook.type === 'filter')
    .flatMap(({ table, chain }) =>
      walk(table.chains, chain.name, packet).ways.map((way) => ({ ...way, own: isOwn(table, way.path) })),
    );
  const first = (does: 'reject' | 'drop') => ways.find(({ end, own }) => end.do === does && own);
  return { rejects: first('reject')?.rule?.text, drops: first('drop')?.rule?.text };
};

const doorHooks = ({ fromNode, toNode }: Packet) => {
  if (fromNode) return toNode ? ['output', 'input'] : ['output'];
  return ['prerouting', toNode ? 'input' : 'forward'];
};

/**
 * What becomes of a packet to a door of the node: whether a rule takes it away ahead of any translation, or refuses or
 * drops what none translated. Those of kube-proxy come first: no other rule knows why.
 */
export const doorRefusals = (tables: readonly Table[], packet: Packet, family: 'ip' | 'ip6') => {
  const ends = doorHooks(packet)
    .flatMap((hook) => basesAt(tables, hook, family))
    .filter(({ chain }) => chain.hook.type !== 'nat')
    .flatMap(({ table, chain }) => {
      const early = chain.hook.priority < natPriority && (chain.hook.at === 'prerouting' || chain.hook.at === 'output');
      return walk(table.chains, chain.name, packet).ways.flatMap(({ end, rule, path, share }) =>
        (end.do === 'drop' || end.do === 'reject') && rule && share > 0.99
          ? [{ does: end.do, rule: rule.text, own: isOwn(table, path), early }]
          : [],
      );
    });
  const first = ends.find(({ early }) => early);
  const late = (does: 'reject' | 'drop') => ends.find((end) => end.does === does && end.own && !end.early)?.rule;
  return {
    rejects: late('reject'),
    drops: late('drop'),
    stopped: first && { rule: atMost(first.rule), own: first.own },
  };
};

const entries = ['KUBE-SERVICES', 'services'];

/** Whether the chains of kube-proxy would translate the packet, if only it came to them. */
export const wouldTranslate = (tables: readonly Table[], packet: Packet, family: 'ip' | 'ip6'): boolean =>
  tables
    .filter((table) => table.family === family && (table.name === 'nat' || isProxyTable(table)))
    .some(({ chains }) => entries.some((entry) => chains.has(entry) && walk(chains, entry, packet).ways.some(changes)));
