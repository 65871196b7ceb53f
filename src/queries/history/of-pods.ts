import { z } from 'zod';
import { isDnsLabel, isDnsSubdomain } from '../../domain/dns-names.js';
import { defineHistory, literally, together } from './question.js';

const podSchema = z.strictObject({
  namespace: z.string().refine(isDnsLabel),
  name: z.string().refine(isDnsSubdomain),
});

/** Of the kubelets: in which share of their slices of time Pods with a limit were held back. */
export const throttleHistory = defineHistory({
  name: 'throttle-history',
  args: z.strictObject({ pods: z.array(podSchema).min(1).max(12) }),
  promql: ({ pods }, range) => {
    const periods = (counted: string) =>
      [...Map.groupBy(pods, ({ namespace }) => namespace)]
        .map(([namespace, some]) => {
          const names = some.map(({ name }) => literally(name)).join('|');
          return `rate(container_cpu_cfs_${counted}periods_total{namespace="${namespace}",pod=~"${names}",container!=""}[${range}s])`;
        })
        .join(' or ');
    const share = `sum by (namespace, pod) (${periods('throttled_')}) / sum by (namespace, pod) (${periods('')})`;
    return together({ 'throttled-share': `(${share})` });
  },
});
