import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import { podState, podStateSchema } from '../../domain/pod-state.js';
import { probeWords } from '../../domain/probe-words.js';
import { podsBehind } from '../../domain/service-pods.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { destinationWorkload } from '../../domain/workload-of.js';

const latest = (events: readonly KubeObject<'events'>[]) =>
  [...events].sort((a, b) => seenAt(b).localeCompare(seenAt(a)))[0]?.message ?? '';
const seenAt = ({ lastTimestamp, eventTime }: KubeObject<'events'>) => lastTimestamp ?? eventTime ?? '';

export default defineStep({
  stage: 'pod',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'events'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({
    known: z.boolean(),
    selecting: z.boolean(),
    /** Traffic is sent to Pods that are not ready, on purpose. */
    published: z.boolean(),
    pods: z.array(podStateSchema.extend({ probe: z.string() })),
    /** The last complaint about the first Pod that is not ready. */
    complaint: z.string(),
  }),
  outcomes: {
    'all-ready': 'pass',
    'some-not-ready': 'warn',
    'none-ready': 'fail',
    'published-anyway': 'unsure',
    'none-running': 'unsure',
    'none-selected': 'unsure',
    'no-selector': 'unsure',
    'no-service': 'unsure',
  },

  async collect({ kube, clock }, { to }) {
    const { pods: objects, ...rest } = await podsBehind(kube, to);
    const pods = objects.map((pod) => ({ ...podState(pod, clock.now()), probe: probeWords(pod) }));
    const first = pods.find(({ state }) => state === 'not-ready');
    const fields = { 'involvedObject.name': first?.name ?? '', reason: 'Unhealthy' };
    const events = first && (await ifReadable(kube.list('events', { namespace: to.namespace, fields })));
    return { ...rest, pods, complaint: latest(events ?? []) };
  },

  interpret({ known, selecting, published, pods, complaint }) {
    if (!known) return { outcome: 'no-service' };
    if (!selecting) return { outcome: 'no-selector' };
    if (pods.length === 0) return { outcome: 'none-selected' };
    const ready = pods.filter(({ state }) => state === 'running');
    const notReady = pods.filter(({ state }) => state === 'not-ready');
    const first = notReady[0];
    if (!first)
      return ready.length > 0
        ? { outcome: 'all-ready', facts: { total: ready.length, ...destinationWorkload(ready) } }
        : { outcome: 'none-running' };
    const facts = {
      pods: capped(notReady.map(({ name }) => name)),
      total: notReady.length,
      of: ready.length + notReady.length,
      probe: first.probe,
      reason: first.reason,
      message: complaint || first.message,
      ...destinationWorkload(notReady),
    };
    if (published) return { outcome: 'published-anyway', facts };
    return { outcome: ready.length > 0 ? 'some-not-ready' : 'none-ready', facts };
  },
});
