import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { nameOf } from '../../domain/name-of.js';
import { isFinished } from '../../domain/pod-state.js';
import { serviceAndPods } from '../../domain/service-pods.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { workloadOf } from '../../domain/workload-of.js';

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    selector: z.record(z.string(), z.string()),
    /** Names of the selected Pods by their workload. */
    owners: z.record(z.string(), z.array(z.string())),
  }),
  outcomes: { one: 'pass', several: 'warn', unowned: 'unsure', 'nothing-to-compare': 'unsure' },

  async collect({ kube }, { to }) {
    const { service, pods } = await serviceAndPods(kube, to);
    const serving = pods.filter((pod) => !isFinished(pod) && !pod.metadata?.deletionTimestamp);
    const groups = [...Map.groupBy(serving, workloadOf)];
    const owners = groups.map(([owner, its]) => [owner, its.map(nameOf)] as const);
    return { selector: service?.spec?.selector ?? {}, owners: Object.fromEntries(owners) };
  },

  interpret({ selector, owners }) {
    const names = Object.keys(owners);
    if (names.length === 0) return { outcome: 'nothing-to-compare' };
    const counts = Object.fromEntries(capped(names).map((name) => [name, owners[name]?.length ?? 0]));
    const facts = { selector, owners: counts, total: names.length };
    if (names.every((name) => name.startsWith('Pod/'))) return { outcome: 'unowned', facts };
    return { outcome: names.length === 1 ? 'one' : 'several', facts };
  },
});
