import { z } from 'zod';

const flag = z.union([z.boolean(), z.string()]).transform((value) => value === true || value === 'on');
const portSchema = z.object({ ifname: z.string(), master: z.string().default(''), hairpin: flag.default(false) });
const memberSchema = z.object({
  mac: z.string(),
  ifname: z.string(),
  master: z.string().default(''),
  state: z.string().default(''),
});
const neighbourSchema = z.object({ dst: z.string(), dev: z.string().default(''), lladdr: z.string().default('') });

export interface Rows<T> {
  readonly rows: readonly T[];
  readonly understood: boolean;
}

const rowsOf =
  <T>(schema: z.ZodType<T>) =>
  (text: string): Rows<T> => {
    // No output at all is what `ip -j` and `bridge -j` of some versions print for an empty list.
    if (text.trim() === '') return { rows: [], understood: true };
    try {
      const read: unknown = JSON.parse(text);
      if (!Array.isArray(read)) return { rows: [], understood: false };
      const rows = read.flatMap((one) => {
        const row = schema.safeParse(one);
        return row.success ? [row.data] : [];
      });
      return { rows, understood: true };
    } catch {
      return { rows: [], understood: false };
    }
  };

/** `bridge -j -d link`: `[{"ifname":"veth90cd4740","master":"cni0","hairpin":true,…}]` */
export const parseBridgePorts = rowsOf(portSchema);
/** `bridge -j fdb show br cni0`: `[{"mac":"76:97:d4:cb:bd:1d","ifname":"veth90cd4740","master":"cni0","state":""}]` */
export const parseBridgeMembers = rowsOf(memberSchema);
/** `ip -j neigh show to 10.244.1.2`: `[{"dst":"10.244.1.2","dev":"cni0","lladdr":"76:97:d4:cb:bd:1d",…}]` */
export const parseNeighbours = rowsOf(neighbourSchema);
