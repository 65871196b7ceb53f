import { z } from 'zod';
import { anyEnd, defineStep } from '../../domain/step.js';

// Written by the endpoints controller from 1000 addresses on (kubernetes/enhancements, KEP-752).
const overCapacity = 'endpoints.kubernetes.io/over-capacity';

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['endpoints'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.strictObject({ known: z.boolean(), mark: z.string(), listed: z.int() }),
  // kube-proxy reads EndpointSlices, which hold them all: only who still reads the old object is short of some.
  outcomes: { whole: 'pass', truncated: 'warn', 'no-object': 'pass' },

  async collect({ kube }, { to: { namespace, name } }) {
    const found = await kube.get('endpoints', { namespace, name });
    const listed = (found?.subsets ?? []).flatMap(({ addresses = [], notReadyAddresses = [] }) => [
      ...addresses,
      ...notReadyAddresses,
    ]).length;
    return { known: found !== undefined, mark: found?.metadata?.annotations?.[overCapacity] ?? '', listed };
  },

  interpret({ known, mark, listed }) {
    if (!known) return { outcome: 'no-object' };
    return { outcome: mark === 'truncated' ? 'truncated' : 'whole', facts: { listed } };
  },
});
