import { z } from 'zod';

export const softnetSchema = z.strictObject({
  cpus: z.int(),
  /** Packets that found the backlog queue of a processor full. */
  dropped: z.int(),
  /** How often the time of one round was over with packets left. */
  squeezed: z.int(),
});
export type Softnet = z.infer<typeof softnetSchema>;

// "008cca47 00000000 0000000d 00000000": packets, dropped, squeezed (net/core/net-procfs.c)
const row = /^[0-9a-f]+ ([0-9a-f]{1,8}) ([0-9a-f]{1,8})(?: |$)/;

/** `/proc/net/softnet_stat`, hexadecimal, one line per processor; undefined where there is none. */
export const parseSoftnet = (lines: readonly string[]): Softnet | undefined => {
  const read = lines.flatMap((line) => {
    const [, dropped = '', squeezed = ''] = row.exec(line) ?? [];
    return dropped ? [{ dropped: Number.parseInt(dropped, 16), squeezed: Number.parseInt(squeezed, 16) }] : [];
  });
  if (read.length === 0) return undefined;
  const sum = (count: (one: (typeof read)[number]) => number) => read.reduce((total, one) => total + count(one), 0);
  return { cpus: read.length, dropped: sum(({ dropped }) => dropped), squeezed: sum(({ squeezed }) => squeezed) };
};
