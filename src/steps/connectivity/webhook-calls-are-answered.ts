import { z } from 'zod';
import { webhooksOf } from '../../domain/api-server-callers.js';
import { capped } from '../../domain/capped.js';
import { inIncident } from '../../domain/in-incident.js';
import { everyNamespace } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { replyOutcomes, replyWord, replyWords } from '../../parse/api-server-reply.js';
import { type WebhookComplaint, webhookComplaint } from '../../parse/webhook-complaint.js';

const complaintSchema = z.strictObject({
  webhook: z.string(),
  /** Whose Pods could not be made. */
  about: z.string(),
  said: z.string(),
  word: z.enum(replyWords),
});

// The newest are what counts, and a controller that fails says so again and again.
const most = 200;

const isOf = (found: WebhookComplaint, to: { namespace: string; name: string }) =>
  found.service === '' || (found.service === to.name && found.namespace === to.namespace);

export default defineStep({
  stage: 'connectivity',
  level: 'observe',
  cost: 0,
  reads: ['events', 'validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
  runs: [],
  from: ['control-plane'],
  to: ['service'],
  /** The newest complaint first. */
  evidence: z.object({ webhooks: z.array(z.string()), complaints: z.array(complaintSchema) }),
  outcomes: {
    'no-complaint': 'pass',
    ...replyOutcomes,
    'no-webhook': 'unsure',
  },

  async collect({ kube, clock }, { to }) {
    const webhooks = (await webhooksOf(kube, to)).map(({ name }) => name);
    if (webhooks.length === 0) return { webhooks, complaints: [] };
    // Controllers that make Pods say in an event why the API server refused: it is the only place where it is kept.
    const fields = { reason: 'FailedCreate' };
    const events = await kube.list('events', { namespace: everyNamespace, fields, limit: most });
    const complaints = inIncident(events, clock.now()).flatMap(({ message = '', involvedObject }) => {
      const found = webhookComplaint(message);
      const mine = found && webhooks.includes(found.webhook) && isOf(found, to);
      const about = `${involvedObject.namespace ?? ''}/${involvedObject.name ?? ''}`;
      return mine ? [{ webhook: found.webhook, about, said: found.said, word: replyWord(found.said) }] : [];
    });
    return { webhooks, complaints: capped(complaints) };
  },

  interpret({ webhooks, complaints }) {
    const [newest] = complaints;
    if (webhooks.length === 0) return { outcome: 'no-webhook' };
    if (!newest) return { outcome: 'no-complaint', facts: { webhooks: capped(webhooks) } };
    const facts = {
      ...{ webhooks: [newest.webhook], message: newest.said },
      about: [...new Set(complaints.map(({ about }) => about))],
    };
    return { outcome: newest.word, facts };
  },
});
