import { z } from 'zod';
import type { CatalogStep } from '../../src/catalog/catalog.js';
import type { Known } from '../../src/catalog/lint-runbook.js';
import { byPlace, writeProblem } from '../../src/catalog/problem.js';
import { readYaml } from '../../src/catalog/read-yaml.js';
import { anyEnd, defineStep } from '../../src/domain/step.js';
import { stepTextSchema } from '../../src/domain/text.js';

const cartExists = defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({}),
  outcomes: { exists: 'pass', missing: 'fail' },
  collect: async () => ({}),
  interpret: (): { outcome: 'exists' | 'missing' } => ({ outcome: 'exists' }),
});

const words = {
  title: 'Cart exists',
  question: 'Is it there?',
  why: 'Nothing answers without it.',
  outcomes: { exists: '{service} is there.', missing: 'There is no {service}; near: {near}.' },
  'by-hand': 'kubectl get service {service}',
};

export const step: CatalogStep = {
  id: 'cart-exists',
  step: cartExists,
  text: stepTextSchema.parse({ en: words, 'zh-CN': words }),
};

export const known = {
  steps: { 'cart-exists': step, 'cart-answers': step },
  causes: { 'SVC-01': {}, 'SVC-02': {} },
  runbooks: {
    'cart-unreachable': { flow: { from: ['pod'], to: ['service'] } },
    'node-unreachable': { flow: { from: ['pod'], to: ['node'] } },
  },
} satisfies Known;

/** The problems of a document as an operator reads them: those of the schema, or else those of `lint`. */
export const problemsOf = <T>(
  source: string,
  schema: z.ZodType<T>,
  lint: (value: T, at: ReturnType<typeof readYaml<T>>['at']) => ReturnType<typeof readYaml<T>>['problems'] = () => [],
) => {
  const read = readYaml({ id: 'cart', path: 'cart.yaml', source }, schema);
  const problems = read.value === undefined ? read.problems : lint(read.value, read.at);
  return problems.toSorted(byPlace).map(writeProblem).join('\n');
};
