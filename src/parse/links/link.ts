import { z } from 'zod';
import { type Rows, rowsOf } from './rows.js';

const counterSchema = z.strictObject({ packets: z.number(), errors: z.number(), dropped: z.number() });

export const linkSchema = z.strictObject({
  index: z.int(),
  name: z.string(),
  /** Index of the other end of a veth, as its own namespace counts. */
  peer: z.int().optional(),
  up: z.boolean(),
  /** Whether the other side is there: a veth whose other end is down has none. */
  carrier: z.boolean(),
  mtu: z.int(),
  master: z.string().optional(),
  /** `vxlan`, `veth`, `bridge` …; empty for hardware, and where the tool does not tell. */
  kind: z.string(),
  mac: z.string(),
  addresses: z.array(z.strictObject({ address: z.string(), prefix: z.int() })),
  tunnel: z
    .strictObject({
      id: z.int().optional(),
      port: z.int().optional(),
      local: z.string().optional(),
      link: z.string().optional(),
    })
    .optional(),
  hairpin: z.boolean().optional(),
  /** A port of a bridge that reaches no other isolated port of it (bridge(8)). */
  isolated: z.boolean().optional(),
  rx: counterSchema.optional(),
  tx: counterSchema.optional(),
});
export type Link = z.infer<typeof linkSchema>;
export const linksSchema = rowsOf(linkSchema);
export type Links = Rows<Link>;
