import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A capture as a file that every analyser of packets opens. */
export const pcapSchema = z.strictObject({
  base64: z.string(),
  /** Of the bytes of the file. */
  sha256: z.string(),
  packets: z.int(),
});
export type Pcap = z.infer<typeof pcapSchema>;

// https://www.tcpdump.org/linktypes.html
const linkTypes: Readonly<Record<string, number>> = { EN10MB: 1, LINUX_SLL: 113, LINUX_SLL2: 276 };

const most = { packets: 1000, bytes: 262_144 };

interface Row {
  readonly seconds: number;
  readonly microseconds: number;
  /** On the wire; what was kept of it may be less. */
  readonly length: number;
  readonly bytes: Buffer;
}

// "\t0x0010:  a98a 0000 0001 0800 0604 0001 d63f a305"
const bytesLine = /^\s+0x([0-9a-f]{4}):((?:\s+[0-9a-f]{2,4}){1,8})\s*$/;
// "1795269215.201367 eth0  Out ifindex 2 d6:3f:a3:05:a9:8a ethertype ARP (0x0806), length 48: Request …"
const headLine = /^(\d{9,11})\.(\d{6}) .{0,400}?\blength (\d{1,6}):/;

const rowsIn = (text: string): Row[] => {
  const rows: { head: RegExpExecArray; hex: string }[] = [];
  for (const line of text.split('\n')) {
    const found = bytesLine.exec(line.slice(0, 80));
    const last = rows.at(-1);
    // Each line says where its bytes belong; what does not follow on is none of this packet.
    if (found && last && Number.parseInt(found[1] ?? '', 16) === last.hex.length / 2)
      last.hex += (found[2] ?? '').replaceAll(/\s/g, '');
    const head = headLine.exec(line.slice(0, 500));
    if (head) rows.push({ head, hex: '' });
  }
  return rows.slice(0, most.packets).map(({ head, hex }) => ({
    ...{ seconds: Number(head[1]), microseconds: Number(head[2]), length: Number(head[3]) },
    bytes: Buffer.from(hex, 'hex').subarray(0, most.bytes),
  }));
};

const numbers = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, 4 * at);
  return bytes;
};

const recordOf = ({ seconds, microseconds, length, bytes }: Row) => [
  numbers(seconds, microseconds, bytes.length, Math.max(length, bytes.length)),
  bytes,
];

/** Of what `tcpdump -tt -e -xx` printed; `undefined` where that does not hold the bytes of the packets. */
export const pcapOf = (text: string, link: string, snapshot: number): Pcap | undefined => {
  const type = Object.hasOwn(linkTypes, link) ? linkTypes[link] : undefined;
  const rows = rowsIn(text).filter(({ bytes }) => bytes.length > 0);
  if (type === undefined || rows.length === 0) return undefined;
  const header = [numbers(0xa1b2c3d4), Buffer.from([2, 0, 4, 0]), numbers(0, 0, snapshot, type)];
  const file = Buffer.concat([...header, ...rows.flatMap(recordOf)]);
  return {
    base64: file.toString('base64'),
    sha256: createHash('sha256').update(file).digest('hex'),
    packets: rows.length,
  };
};
