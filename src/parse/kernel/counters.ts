import { z } from 'zod';
import { byFile } from './by-file.js';
import { conntrackEventsSchema, parseProcConntrackStat } from './conntrack-statistics.js';
import { parseMib } from './mib.js';
import { deviceCountersSchema, parseProcNetDev } from './proc-net-dev.js';
import { parseSoftnet, softnetSchema } from './softnet-stat.js';

/** What the kernel of one place counted up to one moment. Whatever is absent this kernel does not count, or hides. */
export const countersSchema = z.strictObject({
  /** Seconds since boot: the moment of the reading, and the order of two of them. */
  uptime: z.string(),
  release: z.string(),
  conntrack: z
    .strictObject({
      count: z.int(),
      max: z.int(),
      buckets: z.int().optional(),
      events: conntrackEventsSchema.optional(),
    })
    .optional(),
  softnet: softnetSchema.optional(),
  devices: z.record(z.string(), deviceCountersSchema),
  mib: z.record(z.string(), z.number()),
  /** Sockets in TIME_WAIT. */
  timeWait: z.int().optional(),
  /** First and last port that the kernel chooses from for a connection of its own. */
  ports: z.tuple([z.int(), z.int()]).optional(),
  /** The neighbour table of the whole machine: only its first network namespace tells (net/core/neighbour.c). */
  neighbours: z.strictObject({ entries: z.int(), overflows: z.int() }).optional(),
  neighbourLimit: z.int().optional(),
  /** Present, also as 0, only on kernels before 4.12, which took the setting away. */
  recycle: z.int().optional(),
});
export type Counters = z.infer<typeof countersSchema>;

/** Those of the counts that the kernel has. */
export const pickCounts = (
  counts: Readonly<Record<string, number>>,
  names: readonly string[],
): Record<string, number> =>
  Object.fromEntries(names.flatMap((name) => (name in counts ? [[name, counts[name] ?? 0]] : [])));

export const counterFiles = [
  '/proc/uptime',
  '/proc/sys/kernel/osrelease',
  '/proc/sys/net/netfilter/nf_conntrack_count',
  '/proc/sys/net/netfilter/nf_conntrack_max',
  '/proc/sys/net/netfilter/nf_conntrack_buckets',
  '/proc/net/stat/nf_conntrack',
  '/proc/net/stat/arp_cache',
  '/proc/sys/net/ipv4/neigh/default/gc_thresh3',
  '/proc/net/softnet_stat',
  '/proc/net/dev',
  '/proc/net/snmp',
  '/proc/net/netstat',
  '/proc/net/sockstat',
  '/proc/sys/net/ipv4/ip_local_port_range',
  '/proc/sys/net/ipv4/tcp_tw_recycle',
] as const;
type File = (typeof counterFiles)[number];
type Lines = (file: File) => readonly string[];

const number = (lines: readonly string[]): number | undefined =>
  /^\d{1,15}$/.test(lines[0]?.trim() ?? '') ? Number(lines[0]) : undefined;

const conntrackIn = (lines: Lines): Counters['conntrack'] => {
  const count = number(lines('/proc/sys/net/netfilter/nf_conntrack_count'));
  const max = number(lines('/proc/sys/net/netfilter/nf_conntrack_max'));
  if (count === undefined || max === undefined) return undefined;
  const buckets = number(lines('/proc/sys/net/netfilter/nf_conntrack_buckets'));
  return { count, max, buckets, events: parseProcConntrackStat(lines('/proc/net/stat/nf_conntrack')) };
};

// "entries  allocs   destroys hash_grows lookups  hits     res_failed … unresolved_discards table_fulls"
const neighboursIn = (lines: readonly string[]): Counters['neighbours'] => {
  const names = (lines[0] ?? '').trim().split(/\s+/);
  const place = names.indexOf('table_fulls');
  const rows = lines.slice(1).map((line) => line.trim().split(/\s+/));
  if (names[0] !== 'entries' || place < 0 || rows.length === 0) return undefined;
  const hex = (text: string | undefined) => Number.parseInt(text ?? '', 16) || 0;
  return { entries: hex(rows[0]?.[0]), overflows: rows.reduce((sum, row) => sum + hex(row[place]), 0) };
};

// "TCP: inuse 9 orphan 0 tw 2 alloc 379 mem 44"
const timeWaitIn = (lines: readonly string[]): number | undefined => {
  const [, waiting] = /^TCP: .*\btw (\d{1,9})\b/m.exec(lines.join('\n')) ?? [];
  return waiting === undefined ? undefined : Number(waiting);
};

const portsIn = (lines: readonly string[]): Counters['ports'] => {
  // "32768	60999"
  const [, first, last] = /^(\d{1,5})\s+(\d{1,5})$/.exec(lines[0]?.trim() ?? '') ?? [];
  return first && last ? [Number(first), Number(last)] : undefined;
};

const present = <T extends object>(facts: T): T =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;

/** The files of `counterFiles` under their names; undefined where not even the time could be read. */
export const parseCounters = (text: string): Counters | undefined => {
  const files = byFile(text);
  const lines: Lines = (file) => files.get(file) ?? [];
  const [uptime] = /^[\d.]+/.exec(lines('/proc/uptime')[0] ?? '') ?? [];
  if (uptime === undefined) return undefined;
  const conntrack = conntrackIn(lines);
  return present({
    uptime,
    release: lines('/proc/sys/kernel/osrelease')[0]?.trim() ?? '',
    conntrack: conntrack && present(conntrack),
    softnet: parseSoftnet(lines('/proc/net/softnet_stat')),
    devices: parseProcNetDev(lines('/proc/net/dev')),
    mib: { ...parseMib(lines('/proc/net/snmp')), ...parseMib(lines('/proc/net/netstat')) },
    timeWait: timeWaitIn(lines('/proc/net/sockstat')),
    ports: portsIn(lines('/proc/sys/net/ipv4/ip_local_port_range')),
    neighbours: neighboursIn(lines('/proc/net/stat/arp_cache')),
    neighbourLimit: number(lines('/proc/sys/net/ipv4/neigh/default/gc_thresh3')),
    recycle: number(lines('/proc/sys/net/ipv4/tcp_tw_recycle')),
  });
};
