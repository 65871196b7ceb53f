import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { givenAddresses } from '../../domain/given-addresses.js';
import { anyEnd, defineStep } from '../../domain/step.js';

export default defineStep({
  stage: 'ingress',
  level: 'observe',
  cost: 0,
  reads: ['ingresses'],
  runs: [],
  from: anyEnd,
  to: ['ingress'],
  evidence: z.object({ known: z.boolean(), addresses: z.array(z.string()) }),
  outcomes: {
    given: 'pass',
    // Controllers that nobody told of a Service to publish write none and work all the same.
    'not-given': 'unsure',
    'no-ingress': 'unsure',
  },

  async collect({ kube }, { to }) {
    const ingress = await kube.get('ingresses', { namespace: to.namespace, name: to.name });
    return { known: ingress !== undefined, addresses: givenAddresses(ingress) };
  },

  interpret({ known, addresses }) {
    if (!known) return { outcome: 'no-ingress' };
    return { outcome: addresses.length > 0 ? 'given' : 'not-given', facts: { addresses: capped(addresses) } };
  },
});
