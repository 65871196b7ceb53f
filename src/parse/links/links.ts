import { z } from 'zod';
import type { Link, Links } from './link.js';
import { parseLinksText } from './links-text.js';
import { rowsInJson } from './rows.js';
import { isTunnel } from './tunnel-kinds.js';

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
