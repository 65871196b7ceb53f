import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { podsBehind } from '../../domain/service-pods.js';
import { sourcePod } from '../../domain/source-pod.js';
import { defineStep } from '../../domain/step.js';
import { makerOf } from '../../domain/template-hash.js';
import { uniqueBy } from '../../domain/unique-by.js';
import { judgeHistory, lookBackSchema, plainOutcomes } from '../../parse/history/judge.js';
import { lookBack } from '../../queries/history/look-back.js';
import { type LoggingEnd, logHistory } from '../../queries/history/of-logs.js';

// One line in a minute, and three times as many as before.
const lines = { unit: 'rate', floor: 1 / 60, factor: 3, sparse: true } as const;

// A Service mostly has one template behind it, and a third while it is changed is rare.
const mostTemplates = 2;

/** Those that the same template made before are meant as well: who failed at that time may be gone. */
const endOf = (pod: KubeObject<'pods'>, role: LoggingEnd['role']): LoggingEnd => {
  const { namespace = '', generateName, labels } = pod.metadata ?? {};
  const made = generateName?.replace(/-$/, '');
  if (made === undefined) return { role, namespace, stem: nameOf(pod), words: 0 };
  const maker = makerOf(made, labels);
  if (maker) return { role, namespace, stem: maker.name, words: 2 };
  // A StatefulSet gives out names that stay.
  return labels?.['statefulset.kubernetes.io/pod-name'] === undefined
    ? { role, namespace, stem: made, words: 1 }
    : { role, namespace, stem: nameOf(pod), words: 0 };
};

export default defineStep({
  stage: 'intermittent',
  level: 'probe',
  cost: 1,
  reads: ['services', 'pods', 'services/proxy'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: lookBackSchema,
  outcomes: {
    ...plainOutcomes,
    'dns-logged': 'warn',
    'rules-logged': 'warn',
    'agents-logged': 'warn',
    'client-logged': 'warn',
    'servers-logged': 'warn',
  },

  async collect({ kube, clock }, flow) {
    const [client, { pods }] = await Promise.all([sourcePod(kube, flow), podsBehind(kube, flow.to)]);
    const behind = pods.map((pod) => endOf(pod, 'server'));
    const servers = uniqueBy(behind, ({ namespace, stem }) => `${namespace}/${stem}`).slice(0, mostTemplates);
    const ends = [...(client ? [endOf(client, 'client')] : []), ...servers];
    return lookBack({ kube, clock }, { question: logHistory.name, args: { ends }, owners: [''] });
  },

  interpret: (evidence) =>
    judgeHistory(evidence, {
      'dns-errors': { ...lines, rose: 'dns-logged' },
      'rule-errors': { ...lines, rose: 'rules-logged' },
      'agent-errors': { ...lines, rose: 'agents-logged' },
      'client-errors': { ...lines, rose: 'client-logged' },
      'server-errors': { ...lines, rose: 'servers-logged' },
    }),
});
