import { z } from 'zod';
import { podSchema, podsByNamespace } from './pods.js';
import { defineHistory, together } from './question.js';

/** Of the kubelets: in which share of their slices of time Pods with a limit were held back. */
export const throttleHistory = defineHistory({
  name: 'throttle-history',
  keeper: 'prometheus',
  args: z.strictObject({ pods: z.array(podSchema).min(1).max(12) }),
  expression: ({ pods }, range) => {
    const periods = (counted: string) =>
      podsByNamespace(pods)
        .map(
          ({ namespace, names }) =>
            `rate(container_cpu_cfs_${counted}periods_total{namespace="${namespace}",pod=~"${names}",container!=""}[${range}s])`,
        )
        .join(' or ');
    const share = `sum by (namespace, pod) (${periods('throttled_')}) / sum by (namespace, pod) (${periods('')})`;
    return together({ 'throttled-share': `(${share})` });
  },
});
