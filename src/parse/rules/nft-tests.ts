import { isPart, listOf, numberOf, type Part, partOf, textOf, valuesOf } from './nft-values.js';
import type { KeyPart, Test } from './rule-set.js';

export type NamedSet = { readonly elements: readonly unknown[]; readonly timeout: number };
export type Sets = ReadonlyMap<string, NamedSet>;

interface Match {
  readonly left: Part;
  readonly right: unknown;
  readonly not: boolean;
  readonly sets: Sets;
}

const unknown = (match: unknown): Test => ({ on: 'unknown', text: JSON.stringify(match).slice(0, 200) });
const protocols = new Set(['tcp', 'udp', 'sctp', 'dccp', 'udplite']);

const words = ({ right, sets }: Match) => valuesOf(right, (name) => sets.get(name)?.elements);

const ports = (texts: readonly string[]): [number, number][] =>
  texts.map((text) => {
    const [from = '', to = from] = text.split('-');
    return [Number(from), Number(to)];
  });

const onPort = (match: Match, protocol: string, field: string): Test[] | undefined => {
  const among = ports(words(match) ?? ['x']);
  if (!among.flat().every(Number.isFinite)) return undefined;
  const own: Test[] = protocols.has(protocol) ? [{ on: 'protocol', among: [protocol], not: false }] : [];
  return [...own, { on: field === 'dport' ? 'port' : 'source-port', among, not: match.not }];
};

const onAddress = (match: Match, field: string): Test[] | undefined => {
  const name = typeof match.right === 'string' && match.right.startsWith('@') ? match.right.slice(1) : '';
  // kube-proxy keeps the clients of an endpoint in a set of that name, each for so many seconds.
  if (name.startsWith('affinity-')) return [{ on: 'affinity', seconds: match.sets.get(name)?.timeout ?? 0 }];
  const among = words(match);
  return among && [{ on: field === 'saddr' ? 'source' : 'destination', among, not: match.not }];
};

const onPayload = (match: Match, payload: Part): Test[] | undefined => {
  const [protocol, field] = [textOf(payload.protocol), textOf(payload.field)];
  if (field === 'dport' || field === 'sport') return onPort(match, protocol, field);
  if ((protocol === 'ip' || protocol === 'ip6') && (field === 'saddr' || field === 'daddr'))
    return onAddress(match, field);
  return protocol === 'ip' && field === 'protocol' ? among('protocol', match) : undefined;
};

const among = (on: 'protocol' | 'in' | 'out' | 'state' | 'destination-kind' | 'source-kind', match: Match) => {
  const texts = words(match);
  return texts && [{ on, among: texts, not: match.not } as const];
};

const metas: Readonly<Record<string, 'protocol' | 'in' | 'out'>> = {
  l4proto: 'protocol',
  iifname: 'in',
  oifname: 'out',
  iif: 'in',
  oif: 'out',
};

const isMark = (value: unknown) => textOf(partOf(value, 'meta')?.key) === 'mark';

const onMark = ({ right, not }: Match, mask: number): Test[] | undefined => {
  const value = numberOf(right);
  return value === undefined ? undefined : [{ on: 'mark', value: value >>> 0, mask: mask >>> 0, not }];
};

const onMeta = (match: Match, meta: Part): Test[] | undefined => {
  const on = metas[textOf(meta.key)];
  return isMark(match.left) ? onMark(match, 0xffffffff) : on && among(on, match);
};

const onFib = (match: Match, fib: Part): Test[] | undefined => {
  const flags = [fib.flags].flat();
  if (fib.result !== 'type') return undefined;
  return among(flags.includes('saddr') ? 'source-kind' : 'destination-kind', match);
};

const onMasked = (match: Match): Test[] | undefined => {
  const [what, mask] = listOf(match.left['&']);
  return isMark(what) && typeof mask === 'number' ? onMark(match, mask) : undefined;
};

const onLeft = (match: Match): Test[] | undefined => {
  const { left } = match;
  const [payload, meta, fib, ct] = ['payload', 'meta', 'fib', 'ct'].map((key) => partOf(left, key));
  if (payload) return onPayload(match, payload);
  if (meta) return onMeta(match, meta);
  if (fib) return onFib(match, fib);
  if (ct) return ct.key === 'state' || ct.key === 'status' ? among('state', match) : undefined;
  return onMasked(match);
};

/** What one `match` of a rule asks. */
export const testsOf = (match: unknown, sets: Sets): Test[] => {
  const op = isPart(match) ? match.op : undefined;
  if (!isPart(match) || !isPart(match.left) || !['==', '!=', 'in'].includes(textOf(op))) return [unknown(match)];
  return onLeft({ left: match.left, right: match.right, not: op === '!=', sets }) ?? [unknown(match)];
};

const keyPart = (part: unknown): KeyPart => {
  const [payload, meta] = [partOf(part, 'payload'), partOf(part, 'meta')];
  if (meta?.key === 'l4proto') return 'protocol';
  const field = textOf(payload?.field);
  if (field === 'daddr') return 'destination';
  if (field === 'saddr') return 'source';
  return field === 'dport' ? 'port' : 'unknown';
};

/** By what a map is asked. */
export const keyParts = (key: unknown): KeyPart[] =>
  (isPart(key) && 'concat' in key ? listOf(key.concat) : [key]).map(keyPart);
