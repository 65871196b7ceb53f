import { CannotLook } from '../../domain/cannot-look.js';
import type { RunPort } from '../../domain/ports.js';
import { type RuleSet, strangeLimit, type Table } from '../../parse/rules/rule-set.js';
import type { Saved } from '../../parse/rules/saved.js';
import { legacyPacketRules } from '../rules/legacy-packet-rules.js';
import { nftPacketRules } from '../rules/nft-packet-rules.js';
import { nftFamilySchema, nftTable } from '../rules/nft-table.js';
import { nftTables } from '../rules/nft-tables.js';
import { packetRules } from '../rules/packet-rules.js';
import { packetRulesVersion } from '../rules/packet-rules-version.js';
import { packetTableNames } from '../rules/packet-table-names.js';

export const ruleQueries = [
  packetTableNames,
  packetRulesVersion,
  packetRules,
  legacyPacketRules,
  nftPacketRules,
  nftTables,
  nftTable,
] as const;
type Node = RunPort<(typeof ruleQueries)[number]>;
export type Family = 'ip' | 'ip6';
export type Moment = 'now' | 'before' | 'after';

export interface NodeRules extends RuleSet {
  /** Of `iptables`; empty where the node has none. */
  readonly backend: '' | 'nft' | 'legacy';
}

const facts = <T>(answer: Saved<T>): T => {
  if (answer.ok) return answer.facts;
  throw new CannotLook('forbidden', answer.why);
};

/** For programs that a node may well be without. Any other reason not to see hides rules, and nothing may be said then. */
const ifInstalled = async <T>(looking: Promise<T>): Promise<T | undefined> => {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof CannotLook && error.code === 'tool-missing') return undefined;
    throw error;
  }
};

const ofIptables = new Set(['raw', 'mangle', 'nat', 'filter', 'security']);
const seen = (family: Family) => new Set([family, 'inet', 'bridge', 'netdev']);
const knownFamily = (family: string) => nftFamilySchema.options.find((one) => one === family);

interface Present {
  readonly backend: NodeRules['backend'];
  readonly legacy: boolean;
  readonly nft: { family: string; name: string }[] | undefined;
}

const whatIsThere = async (node: Node, family: Family): Promise<Present> => {
  const [names, version, tables] = await Promise.all([
    node.run(packetTableNames, { family }),
    ifInstalled(node.run(packetRulesVersion, {})),
    ifInstalled(node.run(nftTables, {})),
  ]);
  const listed = tables && facts(tables);
  if (listed && !listed.understood) throw new CannotLook('lost', 'The list of tables could not be read.');
  return { backend: version?.backend ?? '', legacy: facts(names).length > 0, nft: listed?.tables };
};

/** iptables of either backend, where it has anything. */
const iptables = (node: Node, family: Family, { moment, there }: { moment: Moment; there: Present }) => {
  const { backend, legacy, nft } = there;
  const inNft = nft?.some((table) => table.family === family && ofIptables.has(table.name)) ?? backend === 'nft';
  const args = { family, moment };
  const one = backend === 'nft' || (backend === 'legacy' && legacy) ? [node.run(packetRules, args)] : [];
  const old = legacy && backend !== 'legacy' ? [node.run(legacyPacketRules, args)] : [];
  const other = inNft && backend === 'legacy' ? [ifInstalled(node.run(nftPacketRules, args))] : [];
  return Promise.all([...one, ...old, ...other]);
};

const listed = (node: Node, names: readonly { family: string; name: string }[], moment: Moment) =>
  Promise.all(
    names.flatMap(({ family, name }) => {
      const known = knownFamily(family);
      return known ? [node.run(nftTable, { family: known, table: name, moment })] : [];
    }),
  );

const isRead = (tables: readonly Table[], { family, name }: { family: string; name: string }) =>
  tables.some((table) => table.from === 'iptables-nft' && table.family === family && table.name === name);

/**
 * All packet rules of a node that one family passes, by whichever program they were written. Nothing is asked that
 * would load a module: the legacy backend only where it has tables, and nft only by the names it lists.
 * @throws CannotLook where any of it could not be seen
 */
export const nodeRules = async (node: Node, family: Family, moment: Moment = 'now'): Promise<NodeRules> => {
  const there = await whatIsThere(node, family);
  const names = there.nft?.filter((table) => seen(family).has(table.family)) ?? [];
  const foreign = names.filter((table) => table.family !== family || !ofIptables.has(table.name));
  const [saves, native] = await Promise.all([iptables(node, family, { moment, there }), listed(node, foreign, moment)]);
  const sets = saves.flatMap((save) => (save ? [facts(save)] : []));
  const tables = sets.flatMap((set) => set.tables);
  // A table of that name may be one of nft's own: iptables-save leaves it out.
  const rest = await listed(
    node,
    names.filter((table) => !foreign.includes(table) && !isRead(tables, table)),
    moment,
  );
  const all = [...sets, ...[...native, ...rest].map(facts)];
  return {
    backend: there.backend,
    tables: all.flatMap((set) => set.tables),
    strange: all.flatMap((set) => set.strange).slice(0, strangeLimit),
  };
};
