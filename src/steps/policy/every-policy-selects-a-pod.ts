import { z } from 'zod';
import { facts } from '../../domain/finding.js';
import { nameOf } from '../../domain/name-of.js';
import { isFinished } from '../../domain/pod-state.js';
import { defineStep } from '../../domain/step.js';
import { mostPods, podsIn } from '../../policy/cluster/pods-in.js';
import { selectorMatches } from '../../policy/selector/matches.js';

export default defineStep({
  stage: 'policy',
  level: 'observe',
  cost: 0,
  reads: ['pods', 'networkpolicies'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.strictObject({
    policies: z.int(),
    idle: z.array(z.strictObject({ policy: z.string(), selector: z.string() })),
    cut: z.boolean(),
  }),
  outcomes: {
    'all-select': 'pass',
    'no-policies': 'pass',
    'selects-nothing': 'warn',
    'too-many-pods': 'unsure',
  },

  async collect({ kube }, { from, to }) {
    const namespaces = [...new Set(['namespace' in from ? from.namespace : to.namespace, to.namespace])];
    const looked = await Promise.all(
      namespaces.map(async (namespace) => {
        const policies = await kube.list('networkpolicies', { namespace });
        const pods = policies.length > 0 ? await podsIn(kube, namespace) : [];
        const alive = pods.filter((pod) => !isFinished(pod)).map(({ metadata }) => metadata?.labels ?? {});
        const idle = policies
          .filter(({ spec }) => alive.length > 0 && !alive.some(selectorMatches(spec?.podSelector)))
          .map((policy) => ({
            policy: `${namespace}/${nameOf(policy)}`,
            selector: JSON.stringify(policy.spec?.podSelector ?? {}),
          }));
        return { policies: policies.length, idle, cut: pods.length >= mostPods };
      }),
    );
    return {
      policies: looked.reduce((sum, one) => sum + one.policies, 0),
      idle: looked.flatMap((one) => one.idle).slice(0, 10),
      cut: looked.some((one) => one.cut),
    };
  },

  interpret({ policies, idle, cut }) {
    if (policies === 0) return { outcome: 'no-policies' };
    if (cut) return { outcome: 'too-many-pods', facts: facts({ most: mostPods }) };
    if (idle.length === 0) return { outcome: 'all-select', facts: facts({ all: policies }) };
    return {
      outcome: 'selects-nothing',
      facts: facts({ idle: idle.map(({ policy, selector }) => `${policy} ${selector}`), all: policies }),
    };
  },
});
