import { actionOf } from './iptables-action.js';
import { type Option, testOf } from './iptables-tests.js';
import {
  type Action,
  atMost,
  type Backend,
  type Chain,
  type Hook,
  type Rule,
  type RuleSet,
  strangeLimit,
  type Table,
  type Test,
} from './rule-set.js';
import { wordsOf } from './words.js';

type Family = 'ip' | 'ip6';

// NF_IP_PRI_* of the kernel; the order in which the tables see a packet.
const priorities: Readonly<Record<string, number>> = { raw: -300, mangle: -150, nat: -100, filter: 0, security: 50 };
const hooks = new Set(['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING']);

const hookOf = (table: string, chain: string, [policy, packets]: [string, string]): Hook | undefined => {
  if (!hooks.has(chain) || (policy !== 'ACCEPT' && policy !== 'DROP')) return undefined;
  const source = table === 'nat' && (chain === 'POSTROUTING' || chain === 'INPUT');
  return {
    at: chain.toLowerCase(),
    type: table === 'nat' ? 'nat' : 'filter',
    priority: source ? 100 : (priorities[table] ?? 0),
    policy: policy === 'DROP' ? 'drop' : 'accept',
    packets: Number(packets),
  };
};

const isOption = (word: string) => word === '!' || (word.startsWith('-') && word.length > 1);

interface Read {
  readonly tests: Test[];
  comment: string;
  target: string;
  jump: 'jump' | 'goto';
  rest: readonly string[];
}

/** The words of an option up to the next one. iptables writes the target last, and all after it belongs to it. */
const optionAt = (words: readonly string[], index: number): { option: Option; next: number } => {
  const not = words[index] === '!';
  const at = not ? index + 1 : index;
  let next = at + 1;
  while (next < words.length && !isOption(words[next] ?? '')) next += 1;
  return { option: { name: words[at] ?? '', values: words.slice(at + 1, next), not }, next };
};

const readOptions = (words: readonly string[], from: number): Read => {
  const read: Read = { tests: [], comment: '', target: '', jump: 'jump', rest: [] };
  let index = from;
  while (index < words.length) {
    if (words[index] === '--comment') {
      // A comment may begin like an option.
      read.comment = words[index + 1] ?? '';
      index += 2;
      continue;
    }
    const { option, next } = optionAt(words, index);
    if (option.name === '-j' || option.name === '-g') {
      read.target = option.values[0] ?? '';
      read.jump = option.name === '-g' ? 'goto' : 'jump';
      read.rest = words.slice(index + 2);
      break;
    }
    read.tests.push(...testOf(option));
    index = next;
  }
  return read;
};

// The counter, the chain, and all that follows.
const ruleLine = /^(?:\[(\d+):\d+\] )?-A (\S+)/;

/**
 * `[2:120] -A KUBE-SEP-X -p tcp -m comment --comment "shop/cart" -m tcp -j DNAT --to-destination 10.244.1.4:8080`
 * Of a hundred thousand rules a packet passes few: the words of the others are never looked at.
 */
class SavedRule implements Rule {
  readonly chain: string;
  readonly packets: number | undefined;
  readonly text: string;
  private known: Read | undefined;
  private done: Action | undefined;

  constructor(line: string, [, packets, chain = '']: readonly (string | undefined)[]) {
    this.text = line;
    this.chain = chain;
    this.packets = packets === undefined ? undefined : Number(packets);
  }

  private get read(): Read {
    this.known ??= readOptions(wordsOf(this.text.slice(this.text.indexOf('-A '))), 2);
    return this.known;
  }
  get tests() {
    return this.read.tests;
  }
  get comment() {
    return this.read.comment;
  }
  get action() {
    const { target, rest, jump } = this.read;
    this.done ??= actionOf(target, rest, jump);
    return this.done;
  }
}

// ":FORWARD ACCEPT [0:0]", ":KUBE-SERVICES - [0:0]"
const chainLine = /^:(\S+) (\S+)(?: \[(\d+):\d+\])?/;

class Reading {
  readonly tables: Table[] = [];
  readonly strange: string[] = [];
  private chains = new Map<string, Chain>();
  private table = '';
  constructor(
    private readonly family: Family,
    private readonly backend: Backend,
  ) {}

  open(name: string) {
    this.table = name;
    this.chains = new Map();
    this.tables.push({ from: this.backend, family: this.family, name, chains: this.chains });
  }

  declare(line: string) {
    const [, name, policy = '', packets = ''] = chainLine.exec(line) ?? [];
    if (name) this.chains.set(name, { name, hook: hookOf(this.table, name, [policy, packets]), rules: [] });
    else this.wonder(line);
  }

  append(line: string) {
    const found = ruleLine.exec(line);
    const chain = this.chains.get(found?.[2] ?? '');
    if (found && chain) chain.rules.push(new SavedRule(line, found));
    else this.wonder(line);
  }

  wonder(line: string) {
    if (this.strange.length < strangeLimit) this.strange.push(atMost(line));
  }

  line(line: string) {
    if (line.startsWith('*')) this.open(line.slice(1).trim());
    else if (line.startsWith(':')) this.declare(line);
    else if (line.startsWith('[') || line.startsWith('-A')) this.append(line);
    else if (line !== '' && line !== 'COMMIT' && !line.startsWith('#')) this.wonder(line);
  }
}

// "# Generated by iptables-save v1.8.9 (nf_tables) on Sat Nov 21 07:06:08 2026"; legacy names no backend.
const isNft = (text: string) => /^#[^\n]*\(nf_tables\)/m.test(text.slice(0, 2000));

/** `iptables-save -c` and `ip6tables-save -c`, of both backends. */
export const parseIptablesSave = (text: string, family: Family): RuleSet => {
  const reading = new Reading(family, isNft(text) ? 'iptables-nft' : 'iptables-legacy');
  for (const line of text.split('\n')) reading.line(line.trimEnd());
  return { tables: reading.tables, strange: reading.strange };
};
