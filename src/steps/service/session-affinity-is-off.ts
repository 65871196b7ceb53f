import { z } from 'zod';
import { anyEnd, defineStep } from '../../domain/step.js';

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({ known: z.boolean(), affinity: z.string(), timeout: z.int() }),
  outcomes: { off: 'pass', 'client-ip': 'unsure', 'no-service': 'unsure' },

  async collect({ kube }, { to: { namespace, name } }) {
    const service = await kube.get('services', { namespace, name });
    return {
      known: service !== undefined,
      affinity: service?.spec?.sessionAffinity ?? 'None',
      // Three hours unless the Service says otherwise (core/v1 ClientIPConfig).
      timeout: service?.spec?.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800,
    };
  },

  interpret({ known, affinity, timeout }) {
    if (!known) return { outcome: 'no-service' };
    return affinity === 'ClientIP' ? { outcome: 'client-ip', facts: { timeout } } : { outcome: 'off' };
  },
});
