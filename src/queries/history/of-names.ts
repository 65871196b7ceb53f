import { z } from 'zod';
import { defineHistory, together } from './question.js';

/** Of CoreDNS, all replicas together: answers that it failed to give, and how long the slowest hundredth took. */
export const nameHistory = defineHistory({
  name: 'name-history',
  keeper: 'prometheus',
  args: z.strictObject({}),
  expression: (_, range) => {
    const responses = (of: string) => `sum(rate(coredns_dns_responses_total${of}[${range}s]))`;
    const seconds = `rate(coredns_dns_request_duration_seconds_bucket[${range}s])`;
    return together({
      // A code that was never answered has no series, and that is no failure rather than no measurement.
      'failed-share': `(${responses('{rcode="SERVFAIL"}')} or vector(0)) / ${responses('')}`,
      'answer-seconds': `histogram_quantile(0.99, sum by (le) (${seconds}))`,
    });
  },
});
