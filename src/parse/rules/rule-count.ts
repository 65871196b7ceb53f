import { z } from 'zod';
import type { Table } from './rule-set.js';

export const ruleCountSchema = z.strictObject({
  rules: z.int(),
  /** The chain with most rules, which a packet may have to pass one by one. */
  longest: z.int(),
  chain: z.string(),
  /** The rule that stands most often in one chain, and how often. */
  copies: z.int(),
  copied: z.string(),
});
export type RuleCount = z.infer<typeof ruleCountSchema>;

const withoutCounter = (text: string) => text.replace(/^\[\d+:\d+\] /, '').replace(/"counter": ?\{[^}]*\}/g, '');

/** Counts of what one family passes. */
export const countRules = (tables: readonly Table[]): RuleCount => {
  let found: RuleCount = { rules: 0, longest: 0, chain: '', copies: 0, copied: '' };
  for (const table of tables)
    for (const { name, rules } of table.chains.values()) {
      const copies = new Map<string, number>();
      for (const { text } of rules) copies.set(withoutCounter(text), (copies.get(withoutCounter(text)) ?? 0) + 1);
      const [copied = '', most = 0] = [...copies].toSorted(([, a], [, b]) => b - a)[0] ?? [];
      found = { ...found, rules: found.rules + rules.length };
      if (rules.length > found.longest) found = { ...found, longest: rules.length, chain: `${table.name} ${name}` };
      if (most > found.copies) found = { ...found, copies: most, copied: copied.slice(0, 300) };
    }
  return found;
};

// As many Services as the iptables mode was never meant for (kubernetes#82361).
const many = 5000;
// Two programs that write the same rule at the same time leave two or three; a bug leaves one more every minute.
const duplicated = 20;

export const judgeCount = ({ longest, copies }: RuleCount): 'few' | 'many' | 'duplicated' => {
  if (copies >= duplicated) return 'duplicated';
  return longest >= many ? 'many' : 'few';
};
