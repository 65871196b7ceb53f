import { defineStep } from '../../domain/step.js';
import { judgeHistory, lookBackSchema, plainOutcomes } from '../../parse/history/judge.js';
import { lookBack } from '../../queries/history/look-back.js';
import { nameHistory } from '../../queries/history/of-names.js';

const measures = {
  'failed-share': { unit: 'share', floor: 0.05, factor: 3, rose: 'more-failed' },
  'answer-seconds': { unit: 'seconds', floor: 0.5, factor: 3, rose: 'answers-took-long' },
} as const;

export default defineStep({
  stage: 'intermittent',
  level: 'probe',
  cost: 1,
  reads: ['services/proxy'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'host'],
  evidence: lookBackSchema,
  outcomes: { ...plainOutcomes, 'more-failed': 'warn', 'answers-took-long': 'warn' },

  collect: ({ kube, clock }) => lookBack({ kube, clock }, { question: nameHistory.name, args: {}, owners: [''] }),

  interpret: (evidence) => judgeHistory(evidence, measures),
});
