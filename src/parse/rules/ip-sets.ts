import { inRange } from './in-range.js';
import { strangeLimit } from './rule-set.js';

/** A set of ipset: `hash:ip,port` with "10.96.0.10,tcp:53", `bitmap:port` with "30080". */
export interface IpSet {
  readonly parts: readonly string[];
  readonly members: readonly (readonly string[])[];
}
export type IpSets = ReadonlyMap<string, IpSet>;

/** What a set is asked about. */
interface Packet {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly port: number;
}

const field = /^([A-Z][\w ]*): ?(.*)$/;
const isHead = (name: string) =>
  /^(Name|Type|Revision|Header|Size in memory|References|Number of entries|Members)$/.test(name);

class Reading {
  readonly sets = new Map<string, IpSet>();
  readonly strange: string[] = [];
  private name = '';
  private open: string[][] | undefined;

  private head(key: string, value: string) {
    if (key === 'Name') this.name = value;
    if (key === 'Type') {
      this.open = [];
      this.sets.set(this.name, { parts: value.split(':').at(-1)?.split(',') ?? [], members: this.open });
    }
  }

  line(line: string) {
    const [, key = '', value = ''] = field.exec(line) ?? [];
    if (isHead(key)) this.head(key, value);
    // "10.96.0.10,tcp:53 timeout 25 comment \"…\""
    else if (this.open && /^[\w.:,/-]+( |$)/.test(line)) this.open.push((line.split(' ')[0] ?? '').split(','));
    else if (line !== '' && this.strange.length < strangeLimit) this.strange.push(line.slice(0, 200));
  }
}

/** `ipset list`, one block per set. */
export const parseIpSets = (text: string): { sets: IpSets; strange: readonly string[] } => {
  const reading = new Reading();
  for (const line of text.split('\n')) reading.line(line.trimEnd());
  return { sets: reading.sets, strange: reading.strange };
};

type Holds = boolean | 'maybe';

const holdsPort = (word: string, { protocol, port }: Packet): boolean => {
  const [of, number] = word.includes(':') ? word.split(':') : [protocol, word];
  const [from = '', to = from] = (number ?? '').split('-');
  return of === protocol && port >= Number(from) && port <= Number(to);
};

/** One part of a member, and the end of the packet that the rule looks at. */
const holdsPart = (part: string, word: string, { end, packet }: { end: string; packet: Packet }): Holds => {
  if (part === 'port') return end === 'dst' ? holdsPort(word, packet) : 'maybe';
  if (part !== 'ip' && part !== 'net') return 'maybe';
  return inRange(end === 'dst' ? packet.destination : packet.source, word);
};

const all = (parts: readonly Holds[]): Holds =>
  parts.includes(false) ? false : parts.includes('maybe') ? 'maybe' : true;

/** Whether a packet is in a set, looked at by these ends ("dst,dst,src"). */
export const inSet = ({ parts, members }: IpSet, ends: readonly string[], packet: Packet): Holds => {
  const found = members.map((member) =>
    all(parts.map((part, index) => holdsPart(part, member[index] ?? '', { end: ends[index] ?? '', packet }))),
  );
  if (found.includes(true)) return true;
  return found.includes('maybe') ? 'maybe' : false;
};
