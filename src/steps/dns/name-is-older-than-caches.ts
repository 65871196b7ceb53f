import { z } from 'zod';
import type { KubeObject } from '../../domain/kinds.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { serviceKind, serviceKindSchema } from '../../domain/service-kind.js';
import { anyEnd, defineStep } from '../../domain/step.js';

// The usual Corefile keeps "there is no such name" for 30 seconds (plugin/cache), and the cache of a node once more.
const remembered = 60;

const newest = (times: readonly (string | undefined)[]) =>
  Math.max(...times.map((time) => Date.parse(time ?? '')).filter((time) => !Number.isNaN(time)), 0);

/** When the name began to stand for what it stands for now: that of a headless Service is as new as its endpoints. */
const namedAt = (
  service: KubeObject<'services'> | undefined,
  slices: readonly KubeObject<'endpointslices'>[],
): number =>
  newest([
    service?.metadata?.creationTimestamp,
    ...(serviceKind(service) === 'headless'
      ? slices.map(({ metadata }) => metadata?.managedFields?.[0]?.time ?? metadata?.creationTimestamp)
      : []),
  ]);

export default defineStep({
  stage: 'dns',
  level: 'observe',
  cost: 0,
  reads: ['services', 'endpointslices'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.strictObject({ kind: serviceKindSchema, age: z.number() }),
  outcomes: { older: 'pass', young: 'warn', 'no-service': 'unsure' },

  async collect({ kube, clock }, { to }) {
    const { service, slices } = await serviceAndEndpoints(kube, to);
    return {
      kind: serviceKind(service),
      age: Math.max(0, Math.round((clock.now() - namedAt(service, slices)) / 1000)),
    };
  },

  interpret({ kind, age }) {
    if (kind === 'absent') return { outcome: 'no-service' };
    return { outcome: age < remembered ? 'young' : 'older', facts: { age, remembered } };
  },
});
