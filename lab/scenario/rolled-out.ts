import type { Change } from './change.ts';

/** Waits until all Pods of a workload (`deploy/cart`) are those of its newest template, and ready. */
export const rolledOut = (namespace: string, workload: string): Change => ({
  kubectl: ['-n', namespace, 'rollout', 'status', workload, '--timeout=60s'],
});
