import { expect, it } from 'vitest';
import { nodeHistory } from '../../../src/queries/history/of-nodes.js';
import { throttleHistory } from '../../../src/queries/history/of-pods.js';
import { historyQuestions } from '../../../src/queries/history/questions.js';

const args: Readonly<Record<string, unknown>> = {
  'node-history': { nodes: ['node-a', '10.0.0.11', 'fd00::11'] },
  'rule-history': { nodes: ['node-a'] },
  'name-history': {},
  'throttle-history': {
    pods: [
      { namespace: 'shop', name: 'cart-7' },
      { namespace: 'kube-system', name: 'coredns-1' },
    ],
  },
};

it.each(Object.entries(historyQuestions))('%s takes the range it is given, for every rate', (name, question) => {
  const promql = question.promql(question.args.parse(args[name]), 600);
  const ranges = [...promql.matchAll(/\[(\d+)s\]/g)].map(([, seconds]) => seconds);
  expect(ranges).toHaveLength([...promql.matchAll(/rate\(/g)].length);
  expect(new Set(ranges)).toEqual(new Set(['600']));
});

it.each([
  ['another expression', 'node-a"} or up{x="'],
  ['a regular expression', 'node-.*'],
  ['a line', 'node-a\nup'],
  ['nothing', ''],
])('takes %s for no name', (_, name) => {
  expect(nodeHistory.args.safeParse({ nodes: [name] }).success).toBe(false);
  const pod = { namespace: 'shop', name };
  expect(throttleHistory.args.safeParse({ pods: [pod] }).success).toBe(false);
  expect(throttleHistory.args.safeParse({ pods: [{ namespace: name, name: 'cart' }] }).success).toBe(false);
});

it('knows the instances of a node and of no other', () => {
  const promql = nodeHistory.promql({ nodes: ['node-a', '10.0.0.1', 'fd00::11'] }, 300);
  const [, regular = ''] = /instance=~"([^"]*)"/.exec(promql) ?? [];
  const matches = (instance: string) => new RegExp(`^(?:${regular.replaceAll('[]]', '[\\]]')})$`).test(instance);
  for (const own of ['node-a', 'node-a:9100', '10.0.0.1:9100', '[fd00::11]:9100']) expect(matches(own)).toBe(true);
  for (const other of ['node-ab:9100', '10.0.0.11:9100', '10.0.011:9100']) expect(matches(other)).toBe(false);
});
