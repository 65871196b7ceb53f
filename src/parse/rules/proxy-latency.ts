import { z } from 'zod';

export const latencySchema = z.strictObject({
  /** Changes of endpoints that were timed since kube-proxy started. */
  changes: z.int(),
  /** Seconds within which 99 of 100 reached the rules; absent where the last step of the scale was passed. */
  within: z.number().optional(),
  /** The end of the scale. */
  scale: z.number(),
});
export type Latency = z.infer<typeof latencySchema>;

// 'kubeproxy_network_programming_duration_seconds_bucket{ip_family="IPv4",le="0.25"} 0'
const bucket = /^kubeproxy_network_programming_duration_seconds_bucket\{([^}]*)\} (\d+)$/;

const bucketIn = (line: string): [number, number][] => {
  const [, labels = '', count = ''] = bucket.exec(line) ?? [];
  const word = /le="([^"]+)"/.exec(labels)?.[1];
  const limit = word === '+Inf' ? Number.POSITIVE_INFINITY : Number(word);
  return word === undefined || Number.isNaN(limit) ? [] : [[limit, Number(count)]];
};

/** Rows of both families add up; each bucket holds all that were as quick or quicker. */
const bucketsIn = (text: string) =>
  [...Map.groupBy(text.split('\n').flatMap(bucketIn), ([limit]) => limit)]
    .map(([limit, rows]): [number, number] => [limit, rows.reduce((sum, [, count]) => sum + count, 0)])
    .toSorted(([a], [b]) => a - b);

/** Lines of `/metrics` of kube-proxy; undefined where they hold none of these. */
export const parseLatency = (text: string): Latency | undefined => {
  const buckets = bucketsIn(text);
  const changes = buckets.at(-1)?.[1];
  if (changes === undefined) return undefined;
  const finite = buckets.filter(([limit]) => Number.isFinite(limit));
  const within = finite.find(([, count]) => count >= changes * 0.99)?.[0];
  return { changes, scale: finite.at(-1)?.[0] ?? 0, ...(within !== undefined && { within }) };
};
