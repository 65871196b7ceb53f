import { z } from 'zod';
import { defineStep } from '../../domain/step.js';

const containerSchema = z.strictObject({
  name: z.string(),
  /** Names alone: a value may hold a password. */
  variables: z.array(z.string()),
  elsewhere: z.boolean(),
});

const proxy = /^(https?|ftp|all)_proxy$/i;
const exception = /^no_proxy$/i;

export default defineStep({
  stage: 'egress',
  hop: 'source',
  level: 'observe',
  cost: 0,
  reads: ['pods'],
  runs: [],
  from: ['pod'],
  to: ['ip', 'host', 'cidr', 'service'],
  evidence: z.object({ known: z.boolean(), containers: z.array(containerSchema) }),
  outcomes: {
    none: 'pass',
    // By way of a proxy an application takes another way than a probe does. That is no fault by itself.
    proxied: 'unsure',
    'proxied-without-exceptions': 'warn',
    'not-told': 'unsure',
    'no-pod': 'unsure',
  },

  async collect({ kube }, { from }) {
    const pod = await kube.get('pods', { namespace: from.namespace, name: from.name });
    const containers = (pod?.spec?.containers ?? []).map(({ name, env = [], envFrom = [] }) => ({
      name,
      variables: env.map((one) => one.name).filter((one) => proxy.test(one) || exception.test(one)),
      elsewhere: envFrom.length > 0,
    }));
    return { known: pod !== undefined, containers };
  },

  interpret({ known, containers }) {
    if (!known) return { outcome: 'no-pod' };
    const variables = [...new Set(containers.flatMap((one) => one.variables))];
    const facts = { variables, containers: containers.map(({ name }) => name) };
    if (variables.some((one) => proxy.test(one)))
      return {
        outcome: variables.some((one) => exception.test(one)) ? 'proxied' : 'proxied-without-exceptions',
        facts,
      };
    return { outcome: containers.some(({ elsewhere }) => elsewhere) ? 'not-told' : 'none', facts };
  },
});
