import type { Packet } from './packet.js';
import type { Chain, Rule, Table, Test } from './rule-set.js';
import { isProxyTable } from './translate.js';
import { walk } from './walk.js';

/** For which addresses of a node the rules of kube-proxy look at node ports. */
export interface Entry {
  /** All that are the node's own, but for loopback where `loopback` is false. */
  readonly all: boolean;
  readonly loopback: boolean;
  readonly addresses: readonly string[];
}

const inIptables = (rule: Rule) => 'chain' in rule.action && rule.action.chain === 'KUBE-NODEPORTS';
// `service-nodeports` is the only map there whose key has no destination address.
const inNftables = ({ action }: Rule) => action.do === 'look-up' && !action.key.includes('destination');

const isOf = ({ family }: Table, wanted: 'ip' | 'ip6') => family === wanted;

interface Way {
  readonly table: Table;
  readonly chain: Chain;
  readonly rules: readonly Rule[];
}

/** The rules that lead to the node ports, by the table they stand in. */
const waysIn = (tables: readonly Table[], family: 'ip' | 'ip6'): Way[] =>
  tables
    .filter((table) => isOf(table, family))
    .flatMap((table): Way[] => {
      const native = isProxyTable(table);
      if (!native && table.name !== 'nat') return [];
      const chain = table.chains.get(native ? 'services' : 'KUBE-SERVICES');
      return chain ? [{ table, chain, rules: chain.rules.filter(native ? inNftables : inIptables) }] : [];
    });

const named = (tests: readonly Test[], not: boolean) =>
  tests.flatMap((test) => (test.on === 'destination' && test.not === not ? test.among : []));

const bare = (address: string) => address.replace(/\/(32|128)$/, '');

/** Undefined where kube-proxy has no rules there at all. */
export const nodePortEntry = (tables: readonly Table[], family: 'ip' | 'ip6'): Entry | undefined => {
  const ways = waysIn(tables, family);
  if (ways.length === 0) return undefined;
  const rules = ways.flatMap((way) => way.rules);
  const open = rules.filter(({ tests }) => named(tests, false).length === 0);
  return {
    all: open.length > 0,
    loopback: open.some(({ tests }) => named(tests, true).length === 0),
    addresses: rules.flatMap(({ tests }) => named(tests, false)).map(bare),
  };
};

const changes = (way: ReturnType<typeof walk>['ways'][number]) => way.end.do === 'dnat' || way.end.do === 'redirect';

/** Past the question for which address it is: whether a node port is translated at all. */
export const servesNodePort = (tables: readonly Table[], packet: Packet, family: 'ip' | 'ip6'): boolean =>
  waysIn(tables, family).some(({ table, chain, rules }) => {
    if (!isProxyTable(table)) return walk(table.chains, 'KUBE-NODEPORTS', packet).ways.some(changes);
    const asked = rules.map((rule): Rule => ({ ...rule, tests: [] }));
    return walk(new Map(table.chains).set(chain.name, { ...chain, rules: asked }), chain.name, packet).ways.some(
      changes,
    );
  });
