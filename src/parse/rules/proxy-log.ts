import { z } from 'zod';

export const complaintSchema = z.enum([
  'no-conntrack-rights',
  'lock-held',
  'nft-unsupported',
  'ipvs-unsupported',
  'write-fails',
  'no-rights',
  'no-api',
]);
type Complaint = z.infer<typeof complaintSchema>;

// Words of kube-proxy and of the tools it calls, the telling ones first.
const patterns: readonly [Complaint, RegExp][] = [
  ['no-conntrack-rights', /nf_conntrack_max: (permission denied|read-only file system|operation not permitted)/i],
  ['lock-held', /holding the xtables lock/i],
  [
    'nft-unsupported',
    /could not find nftables binary|(nftables|nft).*(kernel|not supported|version|too old)|kernel version .* nftables/i,
  ],
  // Older versions went on in iptables mode instead of ending.
  ['ipvs-unsupported', /can't use the IPVS proxier|IPVS proxier.*(not|missing|required)/i],
  [
    'write-fails',
    /failed to execute ip6?tables-restore|nftables sync failed|could not process rule|error.*syncing.*rules/i,
  ],
  ['no-rights', /(endpointslices|services|nodes).* is forbidden|cannot (list|watch) resource/i],
  ['no-api', /failed to (list|watch).*(connection refused|i\/o timeout|no route to host|context deadline)/i],
];

// "E1121 07:12:11.123456       1 proxier.go:1558] …"
const stamp = /^[IWEF](\d\d)(\d\d) (\d\d):(\d\d):(\d\d)/;

/** klog writes no year and no zone; containers run in UTC. */
const timeOf = (line: string, now: number): number | undefined => {
  const found = stamp.exec(line);
  if (!found) return undefined;
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  const year = new Date(now).getUTCFullYear();
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  return at > now + 86_400_000 ? Date.UTC(year - 1, month - 1, day, hour, minute, second) : at;
};

export interface Complained {
  readonly what: Complaint;
  readonly line: string;
}

/** The most telling complaint in a log of kube-proxy. `since` leaves out what is older, and lines without a time of it. */
export const complaintIn = (log: string, { now, since }: { now: number; since: number }): Complained | undefined => {
  let within = false;
  const recent = log.split('\n').filter((line) => {
    const at = timeOf(line, now);
    // A line without a time goes on with the one before it.
    if (at !== undefined) within = at >= since;
    return within;
  });
  for (const [what, pattern] of patterns) {
    const line = recent.findLast((one) => pattern.test(one));
    if (line !== undefined) return { what, line: line.trim().slice(0, 300) };
  }
  return undefined;
};
