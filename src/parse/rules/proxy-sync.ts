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

/** Lines of `/metrics`. Names come and go between versions, so each is taken where it is there. */
export const parseProxySync = (text: string): ProxySync => {
  const sync = { written: {}, queued: {}, failures: {} } as Record<
    'written' | 'queued' | 'failures',
    Record<string, number>
  >;
  let rows = 0;
  for (const line of text.split('\n')) {
    const [, name = '', labels = '', word = ''] = row.exec(line) ?? [];
    const value = Number(word);
    if (name === '' || word === '' || !Number.isFinite(value)) continue;
    rows += 1;
    const family = /ip_family="(\w+)"/.exec(labels)?.[1] ?? 'any';
    if (name === `${prefix}last_timestamp_seconds`) sync.written[family] = value;
    else if (name === `${prefix}last_queued_timestamp_seconds`) sync.queued[family] = value;
    else if (name.endsWith('_failures_total')) sync.failures[name] = (sync.failures[name] ?? 0) + value;
  }
  return { ...sync, understood: rows > 0 };
};
