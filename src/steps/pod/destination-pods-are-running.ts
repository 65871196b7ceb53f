import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { type PodState, podState, podStateSchema, shouldServe } from '../../domain/pod-state.js';
import { podsBehind } from '../../domain/service-pods.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { destinationWorkload } from '../../domain/workload-of.js';

const isFailing = ({ state }: PodState) => ['pending', 'crashing', 'no-ip'].includes(state);
const isUp = ({ state }: PodState) => state === 'running' || state === 'not-ready';

const told = (pods: readonly PodState[]) => ({
  pods: capped(pods.map(({ name }) => name)),
  reasons: Object.fromEntries(capped(pods).map(({ name, reason }) => [name, reason])),
  reason: pods[0]?.reason ?? '',
  message: pods[0]?.message ?? '',
  total: pods.length,
  ...destinationWorkload(pods),
});

export default defineStep({
  stage: 'pod',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({ known: z.boolean(), selecting: z.boolean(), pods: z.array(podStateSchema) }),
  outcomes: {
    'all-running': 'pass',
    'some-failing': 'warn',
    'none-running': 'fail',
    'none-selected': 'unsure',
    'no-selector': 'unsure',
    'no-service': 'unsure',
  },

  async collect({ kube, clock }, { to }) {
    const { known, selecting, pods } = await podsBehind(kube, to);
    return { known, selecting, pods: pods.map((pod) => podState(pod, clock.now())) };
  },

  interpret({ known, selecting, pods }) {
    if (!known) return { outcome: 'no-service' };
    if (!selecting) return { outcome: 'no-selector' };
    if (pods.length === 0) return { outcome: 'none-selected' };
    // Evicted and completed Pods keep their labels; beside others that run they mean nothing.
    const serving = pods.filter(shouldServe);
    const failing = serving.filter(isFailing);
    if (!serving.some(isUp)) return { outcome: 'none-running', facts: told(serving.length > 0 ? serving : pods) };
    if (failing.length > 0) return { outcome: 'some-failing', facts: { ...told(failing), of: serving.length } };
    return { outcome: 'all-running', facts: told(serving) };
  },
});
