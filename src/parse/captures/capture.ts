import { z } from 'zod';
import { type Packet, packetSchema, readPacket } from './packet.js';
import { pcapOf, pcapSchema } from './pcap.js';

export const captureSchema = z.strictObject({
  /** It listened. Without that, silence means nothing. */
  listened: z.boolean(),
  /** It says of every packet through which device it came. */
  tellsDevice: z.boolean(),
  packets: z.array(packetSchema),
  /** Packets that came faster than they were read. */
  lost: z.int(),
  /** Absent where nothing was caught, or without its bytes. */
  pcap: pcapSchema.optional(),
  /** What tcpdump says where it did not listen. */
  message: z.string(),
  /** Lines that tell of no packet, at most ten. */
  strange: z.array(z.string()),
});
export type Capture = z.infer<typeof captureSchema>;

/** A packet begins with its time; what follows without one says what it carries. */
const paragraphs = (text: string): string[] => {
  const found: string[][] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const last = found.at(-1);
    // Bytes of the packet above.
    if (/^\s+0x[0-9a-f]{4}:/.test(line)) continue;
    if (last && !/^\d{9,11}\.\d/.test(line)) last.push(line);
    else found.push([line]);
  }
  return found.map((lines) => lines.join(' '));
};

const count = (stderr: string, what: string) =>
  Number(new RegExp(String.raw`^(\d{1,9}) packets? ${what}`, 'm').exec(stderr)?.[1] ?? 0);

// "listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 96 bytes"
const listening = /^(?:tcpdump: )?listening on \S+, link-type (\S+)(?: .*, snapshot length (\d{1,6}))?/m;

/** `tcpdump -n -tt -e -S`, as it prints while it listens and as it counts at its end. */
export const parseCapture = (stdout: string, stderr: string): Capture => {
  const read = paragraphs(stdout).map((text) => ({ text, packet: readPacket(text) }));
  const [, link = '', snapshot = '144'] = listening.exec(stderr) ?? [];
  const pcap = pcapOf(stdout, link, Number(snapshot));
  return {
    listened: link !== '',
    tellsDevice: link === 'LINUX_SLL2',
    packets: read.flatMap(({ packet }): Packet[] => (packet ? [packet] : [])),
    lost: count(stderr, 'dropped by kernel'),
    ...(pcap ? { pcap } : {}),
    message: link === '' ? stderr.trim().slice(0, 300) : '',
    strange: read.flatMap(({ text, packet }) => (packet ? [] : [text.slice(0, 200)])).slice(0, 10),
  };
};
