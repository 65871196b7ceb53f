import { z } from 'zod';
import { parseLinksText } from './links-text.js';
import { type Rows, rowsInJson, rowsOf } from './rows.js';
import { isTunnel } from './tunnel-kinds.js';

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

const side = z.object({ packets: z.number(), errors: z.number(), dropped: z.number() });
const jsonSchema = z.object({
  ifindex: z.int(),
  ifname: z.string(),
  link_index: z.int().optional(),
  flags: z.array(z.string()),
  mtu: z.int(),
  master: z.string().optional(),
  address: z.string().default(''),
  addr_info: z.array(z.object({ local: z.string().optional(), prefixlen: z.int().optional() })).default([]),
  linkinfo: z
    .object({
      info_kind: z.string().default(''),
      info_data: z
        .object({
          id: z.int().optional(),
          port: z.int().optional(),
          local: z.string().optional(),
          // Of a VXLAN between IPv6 addresses.
          local6: z.string().optional(),
          link: z.string().optional(),
        })
        .optional()
        .catch(undefined),
      info_slave_data: z
        .object({ hairpin: z.boolean().optional(), isolated: z.boolean().optional() })
        .optional()
        .catch(undefined),
    })
    .prefault({}),
  stats64: z.object({ rx: side, tx: side }).optional(),
});
type Json = z.infer<typeof jsonSchema>;

const tunnelOf = ({ linkinfo: { info_kind: kind, info_data: data } }: Json): Pick<Link, 'tunnel'> => {
  if (!isTunnel({ kind })) return {};
  const { local6, ...rest } = data ?? {};
  return { tunnel: { ...(local6 === undefined ? {} : { local: local6 }), ...rest } };
};

const countersOf = ({ stats64 }: Json): Pick<Link, 'rx' | 'tx'> => (stats64 ? { rx: stats64.rx, tx: stats64.tx } : {});

const portOf = ({ linkinfo: { info_slave_data: data } }: Json): Pick<Link, 'hairpin' | 'isolated'> => ({
  ...(data?.hairpin === undefined ? {} : { hairpin: data.hairpin }),
  ...(data?.isolated === undefined ? {} : { isolated: data.isolated }),
});

const fromJson = (row: Json): Link => ({
  index: row.ifindex,
  name: row.ifname,
  ...(row.link_index === undefined ? {} : { peer: row.link_index }),
  up: row.flags.includes('UP'),
  carrier: row.flags.includes('LOWER_UP'),
  mtu: row.mtu,
  ...(row.master === undefined ? {} : { master: row.master }),
  kind: row.linkinfo.info_kind,
  mac: row.address,
  addresses: row.addr_info.flatMap(({ local, prefixlen }) =>
    local === undefined || prefixlen === undefined ? [] : [{ address: local, prefix: prefixlen }],
  ),
  ...tunnelOf(row),
  ...portOf(row),
  ...countersOf(row),
});

/** `ip -j -d -s addr`, or the same as text. No host is without a single link. */
export const parseLinks = (text: string): Links => {
  const read = /^\s*\[/.test(text) ? rowsInJson(text, { json: jsonSchema, from: fromJson }) : parseLinksText(text);
  return { ...read, understood: read.understood && read.rows.length > 0 };
};
