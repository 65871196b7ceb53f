import { inRange } from './in-range.js';
import { type IpSets, inSet } from './ip-sets.js';
import type { KeyPart, Test } from './rule-set.js';

/** The first packet of a connection, as a hook of the kernel sees it. */
export interface Packet {
  readonly source: string;
  readonly destination: string;
  /** `tcp`, `udp`, `sctp`. */
  readonly protocol: string;
  readonly port: number;
  readonly mark: number;
  /** `NEW`, and `DNAT` once the destination was changed. */
  readonly states: readonly string[];
  /** Undefined where nobody looked which interface it is. */
  readonly in?: string | undefined;
  readonly out?: string | undefined;
  /** The node itself sent it. */
  readonly fromNode: boolean;
  /** The destination is an address of the node itself. */
  readonly toNode: boolean | undefined;
  /** The sets of the node; undefined where nobody looked. */
  readonly sets?: IpSets | undefined;
}

/** The share of packets like this that pass; `maybe` where it takes more than is known here. */
type Odds = number | 'maybe';

const yesNo = (holds: boolean, { not }: { readonly not: boolean }): Odds => (holds !== not ? 1 : 0);

type Listed = { readonly among: readonly string[]; readonly not: boolean };

/** "cali+" stands for every interface whose name begins so. */
const named = (pattern: string, name: string) =>
  pattern.endsWith('+') || pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

const onInterface = (test: Listed, name: string | undefined): Odds =>
  name === undefined
    ? 'maybe'
    : yesNo(
        test.among.some((pattern) => named(pattern, name)),
        test,
      );

const ofKind = (test: Listed, local: boolean | undefined): Odds => {
  const asked = test.among.map((word) => word.toUpperCase());
  if (local === undefined || (asked.length > 0 && !asked.includes('LOCAL') && !local)) return 'maybe';
  return yesNo(local && asked.includes('LOCAL'), test);
};

const numbers: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '132': 'sctp' };
const isProtocol = (word: string, packet: Packet) => {
  const name = word.toLowerCase();
  return name === 'all' || (numbers[name] ?? name) === packet.protocol;
};

const isMarked = ({ value, mask }: Extract<Test, { on: 'mark' }>, packet: Packet) =>
  (packet.mark & mask) >>> 0 === value;

type Asked = { readonly [On in Test['on']]: (test: Extract<Test, { on: On }>, packet: Packet) => Odds };

const asked: Asked = {
  source: (test, { source }) =>
    yesNo(
      test.among.some((range) => inRange(source, range)),
      test,
    ),
  destination: (test, { destination }) =>
    yesNo(
      test.among.some((range) => inRange(destination, range)),
      test,
    ),
  protocol: (test, packet) =>
    yesNo(
      test.among.some((word) => isProtocol(word, packet)),
      test,
    ),
  port: (test, { port }) =>
    yesNo(
      test.among.some(([from, to]) => port >= from && port <= to),
      test,
    ),
  'source-port': () => 'maybe',
  mark: (test, packet) => yesNo(isMarked(test, packet), test),
  state: (test, { states }) =>
    yesNo(
      test.among.some((word) => states.includes(word.toUpperCase())),
      test,
    ),
  in: (test, packet) => onInterface(test, packet.in),
  out: (test, packet) => onInterface(test, packet.out),
  'source-kind': (test, { fromNode }) => ofKind(test, fromNode),
  'destination-kind': (test, { toNode }) => ofKind(test, toNode),
  chance: ({ share }) => share,
  // A client that is new here went nowhere yet.
  affinity: () => 0,
  set: (test, packet) => {
    const set = packet.sets?.get(test.name);
    const holds = set ? inSet(set, test.ends, packet) : 'maybe';
    return holds === 'maybe' ? 'maybe' : yesNo(holds, test);
  },
  unknown: () => 'maybe',
};

const odds = (test: Test, packet: Packet): Odds =>
  (asked[test.on] as (test: Test, packet: Packet) => Odds)(test, packet);

/** All tests together. A test that fails settles it, whatever the others would take to know. */
export const passes = (tests: readonly Test[], packet: Packet): Odds => {
  let share = 1;
  let maybe = false;
  for (const test of tests) {
    const one = odds(test, packet);
    if (one === 0) return 0;
    if (one === 'maybe') maybe = true;
    else share *= one;
  }
  return maybe ? 'maybe' : share;
};

/** How a packet stands in a map that is looked up by these parts. */
export const keyOf = (parts: readonly KeyPart[], packet: Packet): string | undefined =>
  parts.includes('unknown')
    ? undefined
    : parts.map((part) => (part === 'unknown' ? '' : String(packet[part]))).join(' . ');
