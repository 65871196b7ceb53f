import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { nameOf } from '../../domain/name-of.js';
import { nearNames } from '../../domain/near-names.js';
import { type PodState, podState, podStateSchema } from '../../domain/pod-state.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { sourceWorkload } from '../../domain/workload-of.js';

const told = ({ reason, message, node, workload }: PodState): Facts => ({
  ...{ reason, message, node },
  ...sourceWorkload(workload),
});

export default defineStep({
  stage: 'pod',
  hop: 'source',
  level: 'observe',
  cost: 0,
  reads: ['pods'],
  runs: [],
  from: ['pod'],
  to: anyEnd,
  evidence: z.object({ pod: podStateSchema.nullable(), near: z.array(z.string()) }),
  outcomes: {
    running: 'pass',
    missing: 'fail',
    pending: 'fail',
    crashing: 'fail',
    finished: 'fail',
    'no-ip': 'fail',
    'not-ready': 'warn',
    terminating: 'warn',
  },

  async collect({ kube, clock }, { from: { namespace, name } }) {
    const pod = await kube.get('pods', { namespace, name });
    if (pod) return { pod: podState(pod, clock.now()), near: [] };
    const others = await kube.list('pods', { namespace });
    return {
      pod: null,
      near: nearNames(name, others.map(nameOf)),
    };
  },

  interpret({ pod, near }) {
    if (!pod) return { outcome: 'missing', facts: { near } };
    return { outcome: pod.state === 'starting' ? 'pending' : pod.state, facts: told(pod) };
  },
});
