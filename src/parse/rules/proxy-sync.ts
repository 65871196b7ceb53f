import { z } from 'zod';

export const syncSchema = z.strictObject({
  /** Seconds since the epoch, by family: when the rules were last written. */
  written: z.record(z.string(), z.number()),
  /** When a write was last asked for. */
  queued: z.record(z.string(), z.number()),
  /** Failures since the process started, by the name of the counter. */
  failures: z.record(z.string(), z.number()),
  understood: z.boolean(),
});
export type ProxySync = z.infer<typeof syncSchema>;

// 'kubeproxy_sync_proxy_rules_last_timestamp_seconds{ip_family="IPv4"} 1.7952447680517857e+09'
const row = /^(kubeproxy_\w+)(?:\{([^}]*)\})? (\S+)$/;
const prefix = 'kubeproxy_sync_proxy_rules_';

interface Row {
  readonly name: string;
  readonly family: string;
  readonly value: number;
}

const rowOf = (line: string): Row[] => {
  const [, name, labels = '', word] = row.exec(line) ?? [];
  const value = Number(word);
  return name && Number.isFinite(value)
    ? [{ name, family: /ip_family="(\w+)"/.exec(labels)?.[1] ?? 'any', value }]
    : [];
};

const byFamily = (rows: readonly Row[], name: string) =>
  Object.fromEntries(rows.filter((one) => one.name === `${prefix}${name}`).map(({ family, value }) => [family, value]));

/** Lines of `/metrics`. Names come and go between versions, so each is taken where it is there. */
export const parseProxySync = (text: string): ProxySync => {
  const rows = text.split('\n').flatMap(rowOf);
  const failed = Map.groupBy(
    rows.filter(({ name }) => name.endsWith('_failures_total')),
    ({ name }) => name,
  );
  return {
    written: byFamily(rows, 'last_timestamp_seconds'),
    queued: byFamily(rows, 'last_queued_timestamp_seconds'),
    failures: Object.fromEntries(
      [...failed].map(([name, list]) => [name, list.reduce((sum, { value }) => sum + value, 0)]),
    ),
    understood: rows.length > 0,
  };
};
