import { z } from 'zod';
import type { Rule, Table } from '../rules/rule-set.js';

export const calicoRulesSchema = z.strictObject({
  /** The programs under which rules of Felix stand: `iptables-nft`, `iptables-legacy`, `nftables`. */
  backends: z.array(z.string()),
  /** Devices of Pods that have a chain of their own for what is sent to them. */
  devices: z.array(z.string()),
});
export type CalicoRules = z.infer<typeof calicoRulesSchema>;

// In its nftables mode Felix puts the table before the name: "filter-cali-tw-cali6c9ad161b12".
const ownName = /^(?:(?:filter|raw|mangle|nat)-)?(cali-.+)$/;
const nameOf = (chain: string): string | undefined => ownName.exec(chain)?.[1];
const toDevice = /^cali-tw-(.+)$/;

const isFelixs = (table: Table) => [...table.chains.keys()].some((name) => nameOf(name) !== undefined);

export const calicoRules = (tables: readonly Table[]): CalicoRules => {
  const own = tables.filter(isFelixs);
  const devices = own.flatMap(({ chains }) =>
    [...chains.keys()].flatMap((name) => toDevice.exec(nameOf(name) ?? '')?.[1] ?? []),
  );
  return { backends: [...new Set(own.map(({ from }) => from))].sort(), devices: [...new Set(devices)].sort() };
};

export const calicoDropSchema = z.strictObject({
  chain: z.string(),
  comment: z.string(),
  rise: z.int(),
});
export type CalicoDrop = z.infer<typeof calicoDropSchema>;

/** Where each rule of Felix that drops stands and counts; the same text may stand in a chain more than once. */
const dropsIn = (tables: readonly Table[]) => {
  const found = new Map<string, { rule: Rule; chain: string }>();
  for (const { from, family, name: table, chains } of tables)
    for (const { name, rules } of chains.values()) {
      const chain = nameOf(name);
      const drops = chain === undefined ? [] : rules.filter(({ action }) => ['drop', 'reject'].includes(action.do));
      drops.forEach((rule, index) => {
        found.set(`${from} ${family} ${table} ${name} ${index}`, { rule, chain: chain ?? '' });
      });
    }
  return found;
};

/** The rules of Felix that dropped more at the second reading, most first. */
export const calicoDrops = (before: readonly Table[], after: readonly Table[]): CalicoDrop[] => {
  const first = dropsIn(before);
  return [...dropsIn(after)]
    .flatMap(([key, { rule, chain }]): CalicoDrop[] => {
      const old = first.get(key)?.rule.packets;
      const rise = old === undefined || rule.packets === undefined ? 0 : rule.packets - old;
      return rise > 0 ? [{ chain, comment: rule.comment.slice(0, 120), rise }] : [];
    })
    .toSorted((a, b) => b.rise - a.rise);
};
