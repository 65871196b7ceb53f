import { CannotLook } from '../../domain/cannot-look.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
import { defineStep } from '../../domain/step.js';
import { judgeHistory, lookBackSchema, plainOutcomes } from '../../parse/history/judge.js';
import { lookBack, scrapedNodes } from '../../queries/history/look-back.js';
import { nodeHistory } from '../../queries/history/of-nodes.js';

const measures = {
  'table-share': { unit: 'share', floor: 0.9, factor: 1.2, rose: 'table-filled' },
  'processor-drops': { unit: 'rate', floor: 0.1, factor: 5, rose: 'processors-dropped' },
  // Frames of protocols that nobody speaks are dropped all day, one now and then.
  'device-drops': { unit: 'rate', floor: 1, factor: 5, rose: 'devices-dropped' },
  'resent-share': { unit: 'share', floor: 0.02, factor: 3, rose: 'more-resent' },
  // A Pod has a network of its own, and its node counts nothing of it.
  'pod-overflows': { unit: 'rate', floor: 0.1, factor: 5, rose: 'queues-overflowed', extra: true },
  'pod-device-drops': { unit: 'rate', floor: 1, factor: 5, rose: 'pods-dropped', extra: true },
  'pod-losses': { unit: 'rate', floor: 1, factor: 5, rose: 'pods-dropped', extra: true },
  'pod-resent-share': { unit: 'share', floor: 0.02, factor: 3, rose: 'more-resent', extra: true },
} as const;

const mostPods = 4;

export default defineStep({
  stage: 'intermittent',
  level: 'probe',
  cost: 1,
  reads: ['services', 'pods', 'nodes', 'services/proxy'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip', 'node'],
  evidence: lookBackSchema,
  outcomes: {
    ...plainOutcomes,
    'table-filled': 'warn',
    'processors-dropped': 'warn',
    'devices-dropped': 'warn',
    'more-resent': 'warn',
    'queues-overflowed': 'warn',
    'pods-dropped': 'warn',
  },

  async collect({ kube, clock }, flow) {
    const nodes = await scrapedNodes(kube, flow);
    if (nodes.owners.length === 0) throw new CannotLook('lost', 'The Pods of the flow are on no Node yet.');
    const ends = (await podsOfFlow(kube, flow)).filter(({ host }) => !host).slice(0, mostPods);
    const pods = ends.map(({ namespace, pod: name }) => ({ namespace, name }));
    return lookBack({ kube, clock }, { question: nodeHistory.name, ...nodes, args: { ...nodes.args, pods } });
  },

  interpret: (evidence) => judgeHistory(evidence, measures),
});
