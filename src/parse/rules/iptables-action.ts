import type { Action } from './rule-set.js';

// "10.244.1.4:8700", "[fd00::4]:8700", "10.244.1.4", ":8080"
const place = /^(?:\[([0-9a-f:]+)\]|([0-9.]*))(?::(\d+)(?:-\d+)?)?$/i;

const dnat = (to: string): Action => {
  const [, six = '', four = '', port] = place.exec(to) ?? [];
  return { do: 'dnat', address: six || four || (port ? '' : to), port: port ? Number(port) : undefined };
};

const marks = (option: string, text: string): Action => {
  const [value = '', mask = '0xffffffff'] = text.split('/');
  const given = Number(value) >>> 0;
  if (option === '--or-mark') return { do: 'mark', keep: ~given >>> 0, flip: given };
  if (option === '--and-mark') return { do: 'mark', keep: given, flip: 0 };
  if (option === '--xor-mark') return { do: 'mark', keep: 0xffffffff, flip: given };
  // --set-mark sets the bits of the mask to zero and then those of the value, --set-xmark flips them (iptables-extensions).
  const cleared = option === '--set-mark' ? (Number(mask) | given) >>> 0 : Number(mask) >>> 0;
  return { do: 'mark', keep: ~cleared >>> 0, flip: given };
};

const after = (words: readonly string[], option: string) => words[words.indexOf(option) + 1] ?? '';
const has = (words: readonly string[], option: string) => words.includes(option);

const markOf = (words: readonly string[]): Action => {
  const option = words.find((word) => word.endsWith('mark')) ?? '';
  return marks(option, after(words, option));
};

const portOf = (words: readonly string[]) => Number.parseInt(after(words, '--to-ports'), 10) || undefined;

const known: Readonly<Record<string, (words: readonly string[]) => Action>> = {
  ACCEPT: () => ({ do: 'accept' }),
  DROP: () => ({ do: 'drop' }),
  RETURN: () => ({ do: 'return' }),
  MASQUERADE: () => ({ do: 'masquerade' }),
  REJECT: (words) => ({ do: 'reject', with: has(words, '--reject-with') ? after(words, '--reject-with') : '' }),
  DNAT: (words) => dnat(after(words, '--to-destination')),
  SNAT: (words) => ({ do: 'snat', address: after(words, '--to-source') }),
  REDIRECT: (words) => ({ do: 'redirect', port: portOf(words) }),
  MARK: markOf,
};

// They note, count or change something of the packet, and the next rule is asked.
const passing = new Set(
  'LOG NFLOG TRACE CT NOTRACK CONNMARK SECMARK CONNSECMARK TCPMSS TTL HL TOS DSCP ECN CLASSIFY CHECKSUM AUDIT IDLETIMER LED RATEEST SET TEE HMARK'.split(
    ' ',
  ),
);

/** The target of a rule and its options. A name in capitals that is no target is a chain, as any other name. */
export const actionOf = (target: string, words: readonly string[], jump: 'jump' | 'goto'): Action => {
  if (target === '') return { do: 'continue' };
  if (Object.hasOwn(known, target)) return known[target]?.(words) ?? { do: 'continue' };
  return passing.has(target) ? { do: 'continue' } : { do: jump, chain: target };
};
