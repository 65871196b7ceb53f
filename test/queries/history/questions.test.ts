import { expect, it } from 'vitest';
import { logHistory } from '../../../src/queries/history/of-logs.js';
import { nodeHistory } from '../../../src/queries/history/of-nodes.js';
import { throttleHistory } from '../../../src/queries/history/of-pods.js';
import { historyQuestions } from '../../../src/queries/history/questions.js';

const args: Readonly<Record<string, unknown>> = {
  'node-history': {
    nodes: ['node-a', '10.0.0.11', 'fd00::11'],
    pods: [
      { namespace: 'shop', name: 'cart-7' },
      { namespace: 'bank', name: 'till-1' },
    ],
  },
  'rule-history': { nodes: ['node-a'] },
  'name-history': {},
  'log-history': {
    ends: [
      { role: 'client', namespace: 'shop', stem: 'till', words: 0 },
      { role: 'server', namespace: 'shop', stem: 'cart', words: 2 },
    ],
  },
  'throttle-history': {
    pods: [
      { namespace: 'shop', name: 'cart-7' },
      { namespace: 'kube-system', name: 'coredns-1' },
    ],
  },
};

it.each(Object.entries(historyQuestions))('%s takes the range it is given, for every rate', (name, question) => {
  const expression = question.expression(question.args.parse(args[name]), 600);
  const ranges = [...expression.matchAll(/\[(\d+)s\]/g)].map(([, seconds]) => seconds);
  expect(ranges).toHaveLength([...expression.matchAll(/rate\(/g)].length);
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
  const expression = nodeHistory.expression({ nodes: ['node-a', '10.0.0.1', 'fd00::11'], pods: [] }, 300);
  const [, regular = ''] = /instance=~"([^"]*)"/.exec(expression) ?? [];
  const matches = (instance: string) => new RegExp(`^(?:${regular.replaceAll('[]]', '[\\]]')})$`).test(instance);
  for (const own of ['node-a', 'node-a:9100', '10.0.0.1:9100', '[fd00::11]:9100']) expect(matches(own)).toBe(true);
  for (const other of ['node-ab:9100', '10.0.0.11:9100', '10.0.011:9100']) expect(matches(other)).toBe(false);
});

it.each([
  ['a label', 'cart"} or {pod="x'],
  ['a filter', 'cart"} |~ ".*'],
  ['a regular expression', 'cart.*'],
])('takes %s for no name of a log', (_, stem) => {
  const end = { role: 'client', namespace: 'shop', stem, words: 0 };
  expect(logHistory.args.safeParse({ ends: [end] }).success).toBe(false);
  expect(logHistory.args.safeParse({ ends: [{ ...end, stem: 'cart', namespace: stem }] }).success).toBe(false);
});

it('reads the Pods of a template and of no other, under both spellings', () => {
  const end = { role: 'server', namespace: 'shop', stem: 'cart.v1', words: 2 } as const;
  const expression = logHistory.expression({ ends: [end] }, 300);
  const found = [...expression.matchAll(/[{]([a-z0-9_]*namespace[a-z_]*)=~"shop",([a-z0-9_]+)=~"([^"]*)"/g)];
  expect(new Set(found.map(([, namespace, pod]) => `${namespace} ${pod}`))).toEqual(
    new Set(['namespace pod', 'k8s_namespace_name k8s_pod_name']),
  );
  const regular = new RegExp(`^(?:${found[0]?.[3]})$`);
  expect(regular.test('cart.v1-7d9f8b6c5-x2x3z')).toBe(true);
  for (const other of ['cart.v1', 'cart-v1-7d9f8b6c5-x2x3z', 'cart.v1-canary-7d9f8b6c5-x2x3z'])
    expect(regular.test(other)).toBe(false);
});
