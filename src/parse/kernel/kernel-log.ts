import { z } from 'zod';

const kinds = {
  // Newer kernels name the namespace: "nf_conntrack: nf_conntrack: table full in netns 4027617547, dropping packet"
  'table-full': /nf_conntrack.*\bfull\b/,
  // "neighbour: arp_cache: neighbor table overflow!"
  'neighbours-full': /neighbou?r table overflow/i,
  // "e1000e 0000:00:1f.6 eno1: NIC Link is Down"
  'link-down': /\blink is down\b/i,
  'card-hung': /NETDEV WATCHDOG|transmit queue .* timed out/,
} as const;
type Kind = keyof typeof kinds;
const names = Object.keys(kinds) as Kind[];

export const kernelLineSchema = z.strictObject({
  /** Seconds since boot. */
  at: z.number(),
  kind: z.enum(names),
  text: z.string(),
});
export type KernelLine = z.infer<typeof kernelLineSchema>;

// "[40076.168582] nf_conntrack: nf_conntrack: table full in netns 4027617547, dropping packet"
const row = /^\[ *(\d{1,12}\.\d{1,9})\] (.*)$/;

/** Lines of dmesg that say why packets may have been lost; the last fifty, because the same line comes in floods. */
export const parseKernelLog = (text: string): KernelLine[] =>
  text
    .split('\n')
    .flatMap((line): KernelLine[] => {
      const [, at = '', said = ''] = row.exec(line.slice(0, 400)) ?? [];
      const kind = at ? names.find((name) => kinds[name].test(said)) : undefined;
      return kind ? [{ at: Number(at), kind, text: said.slice(0, 200) }] : [];
    })
    .slice(-50);
