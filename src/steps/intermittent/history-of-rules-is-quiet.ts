import { CannotLook } from '../../domain/cannot-look.js';
import { defineStep } from '../../domain/step.js';
import { judgeHistory, lookBackSchema, plainOutcomes } from '../../parse/history/judge.js';
import { lookBack, scrapedNodes } from '../../queries/history/look-back.js';
import { ruleHistory } from '../../queries/history/of-nodes.js';

const measures = {
  'waiting-seconds': { unit: 'seconds', floor: 30, factor: 3, rose: 'changes-waited' },
  'sync-seconds': { unit: 'seconds', floor: 5, factor: 3, rose: 'changes-took-long' },
} as const;

export default defineStep({
  stage: 'intermittent',
  level: 'probe',
  cost: 1,
  reads: ['services', 'pods', 'nodes', 'services/proxy'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: lookBackSchema,
  outcomes: { ...plainOutcomes, 'changes-waited': 'warn', 'changes-took-long': 'warn' },

  async collect({ kube, clock }, flow) {
    const nodes = await scrapedNodes(kube, flow);
    if (nodes.owners.length === 0) throw new CannotLook('lost', 'The Pods of the flow are on no Node yet.');
    return lookBack({ kube, clock }, { question: ruleHistory.name, ...nodes });
  },

  interpret: (evidence) => judgeHistory(evidence, measures),
});
