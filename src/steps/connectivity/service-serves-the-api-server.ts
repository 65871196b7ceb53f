import { z } from 'zod';
import { callerSchema, callersOf, callerWords } from '../../domain/api-server-callers.js';
import { capped } from '../../domain/capped.js';
import { defineStep } from '../../domain/step.js';

export default defineStep({
  stage: 'connectivity',
  level: 'observe',
  cost: 0,
  reads: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations', 'apiservices'],
  runs: [],
  from: ['control-plane'],
  to: ['service', 'node', 'pod'],
  /** Without callers the flow goes to no Service. */
  evidence: z.object({ callers: z.array(callerSchema).optional() }),
  outcomes: {
    webhook: 'pass',
    'ingress-webhook': 'pass',
    'aggregated-api': 'pass',
    'nobody-calls': 'unsure',
    'not-a-service': 'pass',
  },

  async collect({ kube }, { to }) {
    return to.kind === 'service' ? { callers: await callersOf(kube, to) } : {};
  },

  interpret({ callers }) {
    if (!callers) return { outcome: 'not-a-service' };
    const facts = {
      callers: capped(callerWords(callers)),
      strict: capped(callerWords(callers.filter(({ strict }) => strict))),
    };
    if (callers.length === 0) return { outcome: 'nobody-calls' };
    if (callers.some(({ by }) => by === 'api')) return { outcome: 'aggregated-api', facts };
    return { outcome: callers.every(({ ofIngress }) => ofIngress) ? 'ingress-webhook' : 'webhook', facts };
  },
});
