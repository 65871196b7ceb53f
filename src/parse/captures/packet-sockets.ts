import { z } from 'zod';

export const packetSocketsSchema = z.strictObject({
  /** Sockets that are given a copy of what passes through any device. */
  onAny: z.int(),
  all: z.int(),
  understood: z.boolean(),
});
export type PacketSockets = z.infer<typeof packetSocketsSchema>;

// "000000000b2df567 3      2    0003   0     1 0      0      27574740": socket, references, type, protocol, device …
const row = /^\s*[0-9a-f]+\s+\d+\s+\d+\s+([0-9a-f]{4})\s+(\d+)\s/;

/** `/proc/net/packet`: who listens on this host. Protocol 0003 is every protocol, device 0 every device. */
export const parsePacketSockets = (text: string): PacketSockets => {
  const [head = '', ...lines] = text.split('\n');
  const sockets = lines.flatMap((line) => {
    const match = row.exec(line.slice(0, 300));
    return match ? [{ protocol: match[1], device: match[2] }] : [];
  });
  return {
    onAny: sockets.filter(({ protocol, device }) => protocol === '0003' && device === '0').length,
    all: sockets.length,
    understood: /^sk\s+RefCnt\s+Type\s+Proto\s+Iface/.test(head),
  };
};
