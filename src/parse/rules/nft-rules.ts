import { actionOf } from './nft-action.js';
import { type NamedSet, type Sets, testsOf } from './nft-tests.js';
import { isPart, listOf, numberOf, type Part, partOf, textOf } from './nft-values.js';
import {
  atMost,
  type Chain,
  type Hook,
  type Rule,
  type RuleSet,
  strangeLimit,
  type Table,
  type Test,
} from './rule-set.js';

const hookOf = (chain: Part): Hook | undefined =>
  typeof chain.hook === 'string'
    ? {
        at: chain.hook,
        type: textOf(chain.type),
        priority: numberOf(chain.prio) ?? 0,
        policy: chain.policy === 'drop' ? 'drop' : 'accept',
        packets: undefined,
      }
    : undefined;

// They write, count or change something of the packet, and ask nothing.
const passing = new Set([
  'counter',
  'log',
  'set',
  'map',
  'notrack',
  'ct helper',
  'ct timeout',
  'ct expectation',
  'dup',
  'flow',
]);

const countOf = (expressions: readonly unknown[]) =>
  expressions.map((part) => numberOf(partOf(part, 'counter')?.packets)).find((packets) => packets !== undefined);

/** A rule of nft may do several things; each becomes a rule of its own with the tests that stand before it. */
const rulesOf = (rule: Part, sets: Sets): Rule[] => {
  const expressions = listOf(rule.expr);
  const base = {
    chain: textOf(rule.chain),
    packets: countOf(expressions),
    comment: textOf(rule.comment),
    text: atMost(`${textOf(rule.table)} ${textOf(rule.chain)}: ${JSON.stringify(expressions)}`),
  };
  const tests: Test[] = [];
  const rules: Rule[] = [];
  for (const part of expressions) {
    if (!isPart(part)) continue;
    const action = actionOf(part, sets);
    if ('match' in part) tests.push(...testsOf(part.match, sets));
    else if (action) rules.push({ ...base, tests: [...tests], action });
    else if (!passing.has(Object.keys(part)[0] ?? ''))
      tests.push({ on: 'unknown', text: atMost(JSON.stringify(part)) });
  }
  return rules.length > 0 ? rules : [{ ...base, tests, action: { do: 'continue' } }];
};

interface Open extends Table {
  readonly chains: Map<string, Chain>;
  readonly sets: Map<string, NamedSet>;
}

class Reading {
  readonly tables = new Map<string, Open>();
  readonly strange: string[] = [];

  private table({ family, table, name }: Part, key: unknown = table ?? name): Open {
    const id = `${textOf(family)} ${textOf(key)}`;
    const found = this.tables.get(id);
    if (found) return found;
    const open: Open = {
      from: 'nftables',
      family: textOf(family),
      name: textOf(key),
      chains: new Map(),
      sets: new Map(),
    };
    this.tables.set(id, open);
    return open;
  }

  /** Sets and chains first: a rule may name one that is listed after it. */
  declare(object: Part) {
    const [table, chain] = [partOf(object, 'table'), partOf(object, 'chain')];
    const set = partOf(object, 'set') ?? partOf(object, 'map');
    if (table) this.table(table, table.name);
    if (chain)
      this.table(chain).chains.set(textOf(chain.name), { name: textOf(chain.name), hook: hookOf(chain), rules: [] });
    if (set)
      this.table(set).sets.set(textOf(set.name), { elements: listOf(set.elem), timeout: numberOf(set.timeout) ?? 0 });
  }

  append(object: Part) {
    const rule = partOf(object, 'rule');
    if (!rule) return;
    const { chains, sets } = this.table(rule);
    const chain = chains.get(textOf(rule.chain));
    if (chain) chain.rules.push(...rulesOf(rule, sets));
    else this.wonder(JSON.stringify(rule));
  }

  wonder(text: string) {
    if (this.strange.length < strangeLimit) this.strange.push(atMost(text));
  }
}

const objectsIn = (text: string): readonly unknown[] | undefined => {
  try {
    const read: unknown = JSON.parse(text);
    return isPart(read) && Array.isArray(read.nftables) ? read.nftables : undefined;
  } catch {
    return undefined;
  }
};

/** `nft -j list table …` and `nft -j list ruleset`: `{"nftables": [{"metainfo": {"version": "1.0.6", …}}, …]}` */
export const parseNftRules = (text: string): RuleSet => {
  const reading = new Reading();
  const objects = objectsIn(text);
  if (!objects) return { tables: [], strange: [atMost(text) || 'no output'] };
  const parts = objects.filter(isPart);
  for (const object of parts) reading.declare(object);
  for (const object of parts) reading.append(object);
  const tables = [...reading.tables.values()];
  return {
    tables: tables.map(({ from, family, name, chains }) => ({ from, family, name, chains })),
    strange: reading.strange,
  };
};

/** `nft -j list tables`, as "ip nat". */
export const parseNftTables = (text: string): { tables: { family: string; name: string }[]; understood: boolean } => {
  const objects = objectsIn(text);
  const tables = (objects ?? []).flatMap((object) => {
    const table = partOf(object, 'table');
    return table ? [{ family: textOf(table.family), name: textOf(table.name) }] : [];
  });
  return { tables, understood: objects !== undefined };
};
