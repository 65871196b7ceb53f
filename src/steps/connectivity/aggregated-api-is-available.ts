import { z } from 'zod';
import { apisOf } from '../../domain/api-server-callers.js';
import { capped } from '../../domain/capped.js';
import { nameOf } from '../../domain/name-of.js';
import { defineStep } from '../../domain/step.js';
import { replyOutcomes, replyWord, replyWords } from '../../parse/api-server-reply.js';

const apiSchema = z.strictObject({
  name: z.string(),
  /** As the API server says it; `Unknown` before it has looked. */
  available: z.string(),
  reason: z.string(),
  message: z.string(),
  word: z.enum(replyWords),
});

// kube-aggregator: pkg/controllers/status/remote/remote_available_controller.go
const ofReason: Readonly<Record<string, (typeof replyWords)[number]>> = {
  ServiceNotFound: 'no-service',
  ServicePortError: 'no-service',
  EndpointsNotFound: 'no-endpoints',
  MissingEndpoints: 'no-endpoints',
};

export default defineStep({
  stage: 'connectivity',
  level: 'observe',
  cost: 0,
  reads: ['apiservices'],
  runs: [],
  from: ['control-plane'],
  to: ['service'],
  evidence: z.object({ apis: z.array(apiSchema) }),
  outcomes: {
    available: 'pass',
    ...replyOutcomes,
    'not-told': 'unsure',
    'not-an-api': 'unsure',
  },

  async collect({ kube }, { to }) {
    const apis = (await apisOf(kube, to)).map((api) => {
      const found = api.status?.conditions?.find(({ type }) => type === 'Available');
      const { status: available = 'Unknown', reason = '', message = '' } = found ?? {};
      return { name: nameOf(api), available, reason, message, word: ofReason[reason] ?? replyWord(message) };
    });
    return { apis };
  },

  interpret({ apis }) {
    if (apis.length === 0) return { outcome: 'not-an-api' };
    const failing = apis.filter(({ available }) => available === 'False');
    const [first] = failing;
    const told = failing.length > 0 ? failing : apis;
    const facts = {
      apis: capped(told.map(({ name }) => name)),
      ...{ reason: first?.reason ?? '', message: first?.message ?? '' },
    };
    if (first) return { outcome: first.word, facts };
    return { outcome: apis.every(({ available }) => available === 'True') ? 'available' : 'not-told', facts };
  },
});
