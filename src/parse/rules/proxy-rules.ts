import { z } from 'zod';
import type { Action, Table } from './rule-set.js';
import { isProxyTable } from './translate.js';

export const writtenSchema = z.strictObject({
  /** `iptables-nft`, `iptables-legacy` or `nftables`. */
  from: z.string(),
  /** Addresses and ports of Services that have a translation in it, of any Service. */
  services: z.int(),
  /** The chain or map that holds them is there, empty or not. */
  there: z.boolean(),
});
export type Written = z.infer<typeof writtenSchema>;

const leads = ({ action }: { action: Action }) =>
  (action.do === 'jump' || action.do === 'goto') && /^KUBE-(SVC|SVL|EXT|FW|XLB)-/.test(action.chain);

const inIptables = ({ from, chains }: Table): Written => {
  const rules = chains.get('KUBE-SERVICES')?.rules;
  return { from, services: rules?.filter(leads).length ?? 0, there: rules !== undefined };
};

const entriesOf = (action: Action) => (action.do === 'look-up' ? action.entries.size : 0);
const inNftables = ({ from, chains }: Table): Written => ({
  from,
  services: (chains.get('services')?.rules ?? []).reduce((sum, { action }) => sum + entriesOf(action), 0),
  there: chains.has('services'),
});

/** What kube-proxy, of whichever mode, left in the tables of one family. */
export const writtenByProxy = (tables: readonly Table[], family: 'ip' | 'ip6'): Written[] =>
  tables
    .filter((table) => table.family === family)
    .flatMap((table) => {
      if (isProxyTable(table)) return [inNftables(table)];
      return table.from !== 'nftables' && table.name === 'nat' ? [inIptables(table)] : [];
    });
