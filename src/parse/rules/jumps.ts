import { z } from 'zod';
import type { Packet } from './packet.js';
import { atMost, type Rule, type Table } from './rule-set.js';
import { isProxyTable } from './translate.js';
import { walk } from './walk.js';

export const jumpsSchema = z.strictObject({
  /** Tables in which kube-proxy wrote chains. */
  tables: z.array(z.string()),
  /** Jumps to them that are not there, as "nat PREROUTING to KUBE-SERVICES". */
  missing: z.array(z.string()),
  /** A rule that takes the packet away before the jump. */
  before: z.string(),
});
export type Jumps = z.infer<typeof jumpsSchema>;

/** Where kube-proxy hooks its chains in; the table, its hook, and the chain that has to be reached from there. */
const inIptables: readonly (readonly [string, string, string])[] = [
  ['nat', 'PREROUTING', 'KUBE-SERVICES'],
  ['nat', 'OUTPUT', 'KUBE-SERVICES'],
  ['nat', 'POSTROUTING', 'KUBE-POSTROUTING'],
  ['filter', 'FORWARD', 'KUBE-FORWARD'],
];
const inNftables: readonly (readonly [string, string])[] = [
  ['nat-prerouting', 'services'],
  ['nat-output', 'services'],
  ['nat-postrouting', 'masquerading'],
];

const jumpsTo = (rules: readonly Rule[] | undefined, target: string) =>
  rules?.findIndex(({ action }) => (action.do === 'jump' || action.do === 'goto') && action.chain === target) ?? -1;

const ends = ({ action }: Rule) => action.do !== 'continue' && action.do !== 'mark';

interface Jump {
  readonly hook: string;
  readonly target: string;
}

/** The rule that ends the walk of this packet before it comes to the jump. */
const ahead = (table: Table, { hook, target }: Jump, packet: Packet): Rule | undefined => {
  const rules = table.chains.get(hook)?.rules ?? [];
  const first = rules.slice(0, Math.max(0, jumpsTo(rules, target)));
  const chains = new Map(table.chains).set(hook, { name: hook, rules: first });
  const { ways, passed } = walk(chains, hook, packet);
  const ended = ways.find(({ end, share }) => end.do !== 'policy' && share > 0.99)?.rule;
  // A RETURN in the chain of a hook ends it, and asks only its policy.
  return ended ?? passed.find((rule) => rule.chain === hook && rule.action.do === 'return' && ends(rule));
};

const wanted = (table: Table): Jump[] => {
  if (isProxyTable(table)) return inNftables.map(([hook, target]) => ({ hook, target }));
  return inIptables
    .filter(([name, , target]) => name === table.name && table.chains.has(target))
    .map(([, hook, target]) => ({ hook, target }));
};

const ownTables = (tables: readonly Table[], family: 'ip' | 'ip6') =>
  tables
    .filter((table) => table.family === family)
    .map((table) => ({ table, jumps: wanted(table) }))
    .filter(({ jumps }) => jumps.length > 0);

const isMissing = (table: Table, { hook, target }: Jump) => jumpsTo(table.chains.get(hook)?.rules, target) < 0;

/** The hooks that a packet comes by on its way to a Service. */
const hooksOf = (packet: Packet) => (packet.fromNode ? ['OUTPUT', 'nat-output'] : ['PREROUTING', 'nat-prerouting']);

/** Whether this packet comes to nothing that kube-proxy wrote: not one of its tables has the jump. */
export const isCutOff = (tables: readonly Table[], packet: Packet, family: 'ip' | 'ip6'): boolean => {
  const hooks = hooksOf(packet);
  const jumps = ownTables(tables, family).flatMap(({ table, jumps: all }) =>
    all.filter(({ hook }) => hooks.includes(hook)).map((jump) => isMissing(table, jump)),
  );
  return jumps.length > 0 && jumps.every((missing) => missing);
};

/** Whether what kube-proxy wrote is asked at all. Tables without any chain of it have nothing to be asked. */
export const jumpsOf = (tables: readonly Table[], packet: Packet, family: 'ip' | 'ip6'): Jumps => {
  const own = ownTables(tables, family);
  const gone = own.flatMap(({ table, jumps }) =>
    jumps.filter((jump) => isMissing(table, jump)).map(({ hook, target }) => `${table.name} ${hook} to ${target}`),
  );
  const from = hooksOf(packet);
  const before = own.flatMap(({ table, jumps }) =>
    jumps.filter(({ hook }) => from.includes(hook)).flatMap((jump) => ahead(table, jump, packet)?.text ?? []),
  )[0];
  return { tables: own.map(({ table }) => `${table.from} ${table.name}`), missing: gone, before: atMost(before ?? '') };
};
