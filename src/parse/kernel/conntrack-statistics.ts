import { z } from 'zod';

/** Sums over all processors since boot. Kernels count different things; what is absent was not counted. */
export const conntrackEventsSchema = z.record(z.string(), z.int());
export type ConntrackEvents = z.infer<typeof conntrackEventsSchema>;

const add = (sum: ConntrackEvents, name: string, value: number) => {
  if (Number.isSafeInteger(value)) sum[name] = (sum[name] ?? 0) + value;
};

/** `conntrack -S`; undefined where no line says anything. */
export const parseConntrackStatistics = (text: string): ConntrackEvents | undefined => {
  const sum: ConntrackEvents = {};
  for (const line of text.split('\n')) {
    // "cpu=0   	found=0 invalid=2 insert=0 insert_failed=0 drop=3 early_drop=0 error=0 search_restart=0"
    if (!/^cpu=\d+\s/.test(line)) continue;
    for (const [, name = '', value] of line.slice(4).matchAll(/\b([a-z_]+)=(\d{1,15})\b/g))
      add(sum, name, Number(value));
  }
  return Object.keys(sum).length > 0 ? sum : undefined;
};

// "entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error"
const wordsOf = (line: string | undefined) => (line ?? '').trim().split(/\s+/);
const hex = /^[0-9a-f]{1,16}$/;

/**
 * `/proc/net/stat/nf_conntrack`, hexadecimal, one line per processor; everybody may read it. Undefined where the kernel
 * has none (CONFIG_NF_CONNTRACK_PROCFS).
 */
export const parseProcConntrackStat = (lines: readonly string[]): ConntrackEvents | undefined => {
  const names = wordsOf(lines[0]);
  if (names[0] !== 'entries') return undefined;
  const sum: ConntrackEvents = {};
  const rows = lines.slice(1).map(wordsOf);
  for (const values of rows.filter((row) => row.length === names.length && row.every((value) => hex.test(value)))) {
    // Every line repeats the number of entries of the whole table, the first column.
    for (const [place, value] of values.slice(1).entries())
      add(sum, names[place + 1] ?? '', Number.parseInt(value, 16));
  }
  return Object.keys(sum).length > 0 ? sum : undefined;
};
