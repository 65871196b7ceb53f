import { z } from 'zod';
import { type Packet, passes } from './packet.js';
import { atMost, type Hook, type Rule, type Table } from './rule-set.js';
import { basesAt, isOwn } from './translate.js';
import { walk } from './walk.js';

export const filterSchema = z.strictObject({
  does: z.enum(['drop', 'reject']),
  /** The rule, or the policy of the chain where no rule decided. */
  rule: z.string(),
  table: z.string(),
  /** Whose it is: written by kube-proxy, by what enforces NetworkPolicies, or by somebody else. */
  whose: z.enum(['kube-proxy', 'policies', 'other']),
  /** How many packets it took while the probe failed; absent where nobody counts. */
  rise: z.int().optional(),
  /** The packet is meant for the node itself, and is not forwarded. */
  local: z.boolean(),
});
export type Filter = z.infer<typeof filterSchema>;

/** Chains of programs that turn NetworkPolicies into rules: kube-router, Calico, Cilium, Weave, Antrea. */
const ofPolicies = /^(KUBE-(POD-FW|NWPLCY|ROUTER)-|KUBE-NWPLCY|cali-|CILIUM|WEAVE-NPC|ANTREA-|POLICY-)/i;

const whoseIs = (table: Table, path: readonly string[]): Filter['whose'] => {
  if (path.some((chain) => ofPolicies.test(chain)) || /^(kube-network-policies|calico|antrea)/.test(table.name))
    return 'policies';
  return isOwn(table, path) ? 'kube-proxy' : 'other';
};

export const nameOf = ({ from, family, name }: Table) => `${from} ${family} ${name}`;
/** The rule without its counter. */
export const bare = ({ text }: Pick<Rule, 'text'>) =>
  atMost(text.replace(/^\[\d+:\d+\] /, '').replace(/\{"counter":\{[^}]*\}\},?/g, ''));

/** Where each rule counts; the same text may stand in a chain more than once. */
const counters = (tables: readonly Table[]) => {
  const found = new Map<string, { rule: Rule; table: Table }>();
  for (const table of tables)
    for (const { rules } of table.chains.values())
      for (const rule of rules) {
        let key = `${nameOf(table)} ${rule.chain} ${bare(rule)}`;
        while (found.has(key)) key += ' again';
        found.set(key, { rule, table });
      }
  return found;
};

export interface Counted {
  readonly before: readonly Table[];
  readonly after: readonly Table[];
}

export type Rises = ReadonlyMap<Rule | Hook, number>;

const hooksIn = (tables: readonly Table[]) =>
  new Map(
    tables.flatMap((table) =>
      [...table.chains.values()].flatMap(({ name, hook }) =>
        hook ? [[`${nameOf(table)} ${name}`, hook] as const] : [],
      ),
    ),
  );

/** By how much each counter of the second reading stands higher than in the first. */
export const risesOf = ({ before, after }: Counted): Rises => {
  const first = counters(before);
  const rises = new Map<Rule | Hook, number>();
  const note = (one: Rule | Hook, old: number | undefined) => {
    if (old !== undefined && one.packets !== undefined && one.packets >= old) rises.set(one, one.packets - old);
  };
  for (const [key, { rule }] of counters(after)) note(rule, first.get(key)?.rule.packets);
  const hooks = hooksIn(before);
  for (const [key, hook] of hooksIn(after)) note(hook, hooks.get(key)?.packets);
  return rises;
};

/** Hooks that a packet passes here: forwarded, sent by the node itself, or meant for a program in its network. */
const hooksOf = ({ fromNode, toNode }: Packet) => {
  if (toNode) return fromNode ? ['output', 'input'] : ['prerouting', 'input'];
  return fromNode ? ['output', 'postrouting'] : ['prerouting', 'forward', 'postrouting'];
};

/** iptables over nftables often counts no policy; what passed the last rule before it came there. */
const riseOf = (rule: Rule | undefined, hook: Hook, { rises, passed }: { rises: Rises; passed: readonly Rule[] }) => {
  if (rule) return rises.get(rule);
  const last = passed.at(-1);
  return rises.get(hook) || (last && rises.get(last));
};

const stops = (does: string | undefined) => (does === 'drop' || does === 'reject' ? does : undefined);

/** What the rules of one reading do to the packet, as far as that can be told from them alone. */
const decided = (tables: readonly Table[], packet: Packet, { family, rises }: { family: 'ip' | 'ip6'; rises: Rises }) =>
  hooksOf(packet)
    .flatMap((hook) => basesAt(tables, hook, family))
    .filter(({ chain }) => chain.hook.type !== 'nat')
    .flatMap(({ table, chain }): Filter[] => {
      const { ways, passed } = walk(table.chains, chain.name, packet);
      const way = ways.find(({ share }) => share > 0.99);
      const does = stops(way?.end.do === 'policy' ? chain.hook.policy : way?.end.do);
      if (!way || !does) return [];
      const here = passed.filter((rule) => rule.chain === chain.name);
      const rise = riseOf(way.rule, chain.hook, { rises, passed: here });
      const rule = way.rule ? bare(way.rule) : `policy of ${chain.name}`;
      const whose = whoseIs(table, way.path);
      const local = packet.toNode === true;
      return [{ does, rule, table: nameOf(table), whose, local, ...(rise !== undefined && { rise }) }];
    });

/** Rules that drop or refuse, may match, and counted at least so many packets between the readings. */
const counted = (
  tables: readonly Table[],
  packets: readonly Packet[],
  { least, rises }: { least: number; rises: Rises },
) =>
  tables.flatMap((table) =>
    [...table.chains.values()].flatMap(({ rules }) =>
      rules.flatMap((rule): Filter[] => {
        const rise = rises.get(rule) ?? 0;
        if (rise < least) return [];
        const { action } = rule;
        if (action.do !== 'drop' && action.do !== 'reject') return [];
        if (packets.every((packet) => passes(rule.tests, packet) === 0)) return [];
        const whose = whoseIs(table, [rule.chain]);
        const local = packets.some(({ toNode }) => toNode === true);
        return [{ does: action.do, rule: bare(rule), table: nameOf(table), whose, local, rise }];
      }),
    ),
  );

export interface Asked {
  readonly family: 'ip' | 'ip6';
  /** The packet as it was sent, and behind that as it is once a Service address was translated. */
  readonly packets: readonly Packet[];
  /** How many packets failed at least, between the readings. */
  readonly least: number;
}

/** What filters the packet: first what also counted while the probe failed. */
export const filtersOf = (readings: Counted, { family, packets, least }: Asked): Filter[] => {
  const rises = risesOf(readings);
  const { after } = readings;
  // A Service address is refused where it is not translated: what the rules do to it as it was sent decides nothing.
  const sent = packets.length > 1 ? packets.slice(1) : packets;
  const certain = sent.flatMap((packet) => decided(after, packet, { family, rises }));
  const risen = least > 0 ? counted(after, packets, { least, rises }) : [];
  const all = [...risen, ...certain];
  return [...new Map(all.toReversed().map((one) => [`${one.table} ${one.rule}`, one])).values()].toSorted(
    (a, b) => (b.rise ?? 0) - (a.rise ?? 0),
  );
};
