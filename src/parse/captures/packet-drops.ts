import { z } from 'zod';

export const packetDropSchema = z.strictObject({
  /** As the kernel calls it: `NETFILTER_DROP`, `IP_RPFILTER` … */
  reason: z.string(),
  /** The function that dropped. */
  location: z.string(),
  count: z.int(),
});
export type PacketDrop = z.infer<typeof packetDropSchema>;

export const packetDropsSchema = z.strictObject({
  /** It listened. Without that, silence means nothing. */
  listened: z.boolean(),
  drops: z.array(packetDropSchema),
  message: z.string(),
  strange: z.array(z.string()),
});
export type PacketDrops = z.infer<typeof packetDropsSchema>;

// "      4 NETFILTER_DROP nft_do_chain+0x4d0/0x680"
const row = /^\s*(\d{1,9}) ([A-Za-z_0-9]{1,60}) (\S{1,120})$/;

/** How often the kernel gave each reason, most frequent first. */
export const parsePacketDrops = (stdout: string, stderr: string): PacketDrops => {
  const [first, ...lines] = stdout.split('\n').slice(0, 100);
  const read = lines
    .filter((line) => line.trim() !== '')
    .map((line) => ({ line, match: row.exec(line.slice(0, 200)) }));
  const listened = first === 'listening';
  return {
    listened,
    drops: read.flatMap(({ match }) => {
      const [, count, reason = '', place = ''] = match ?? [];
      return count === undefined ? [] : [{ reason, location: place.replace(/\+0x.*$/, ''), count: Number(count) }];
    }),
    message: listened ? '' : stderr.trim().slice(0, 300),
    strange: read.flatMap(({ line, match }) => (match ? [] : [line.slice(0, 200)])).slice(0, 10),
  };
};
