import { z } from 'zod';
import { ifReadable } from '../../domain/if-readable.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { carries, type Labels, selects } from '../../domain/selector.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import {
  ofDaemonSet,
  ofDeployment,
  ofStatefulSet,
  type Templated,
  templateLabels,
  type Workload,
  workloadSchema,
} from '../../domain/workload.js';

type Kind = 'deployments' | 'statefulsets' | 'daemonsets';

const made = async <T extends Templated>(
  listing: Promise<readonly T[]>,
  selector: Labels,
  toWorkload: (object: T) => Workload,
): Promise<Workload[] | undefined> => {
  const all = await ifReadable(listing);
  return all?.filter((object) => carries(templateLabels(object), selector)).map(toWorkload);
};

const workloadsFor = async (kube: ObjectReader<Kind>, namespace: string, selector: Labels) => {
  const found = await Promise.all([
    made(kube.list('deployments', { namespace }), selector, ofDeployment),
    made(kube.list('statefulsets', { namespace }), selector, ofStatefulSet),
    made(kube.list('daemonsets', { namespace }), selector, ofDaemonSet),
  ]);
  return { workloads: found.flatMap((some) => some ?? []), allSeen: found.every((some) => some !== undefined) };
};

const outcomeOf = (workloads: readonly Workload[], allSeen: boolean) => {
  if (workloads.some((workload) => workload.made > 0)) return 'makes-pods';
  if (workloads.some(({ wanted }) => wanted > 0)) return 'cannot-make';
  if (!allSeen) return 'partly-seen';
  return workloads.length > 0 ? 'wants-none' : 'no-workload';
};

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'deployments', 'statefulsets', 'daemonsets'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    selector: z.record(z.string(), z.string()),
    /** Those whose Pods would carry the labels. */
    workloads: z.array(workloadSchema),
    allSeen: z.boolean(),
  }),
  outcomes: {
    'makes-pods': 'pass',
    'wants-none': 'fail',
    'cannot-make': 'fail',
    'no-workload': 'warn',
    'partly-seen': 'unsure',
    'no-selector': 'unsure',
  },

  async collect({ kube }, { to: { namespace, name } }) {
    const service = await kube.get('services', { namespace, name });
    const selector = service?.spec?.selector ?? {};
    if (!selects(selector)) return { selector: {}, workloads: [], allSeen: true };
    return { selector, ...(await workloadsFor(kube, namespace, selector)) };
  },

  interpret({ selector, workloads, allSeen }) {
    if (!selects(selector)) return { outcome: 'no-selector' };
    const outcome = outcomeOf(workloads, allSeen);
    const one = workloads.find(({ wanted }) => (outcome === 'cannot-make' ? wanted > 0 : true));
    const { name = '', wanted = 0, refusal = '' } = one ?? {};
    return { outcome, facts: { selector, workload: name, desired: wanted, refusal, total: workloads.length } };
  },
});
