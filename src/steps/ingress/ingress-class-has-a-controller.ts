import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { classOf, type IngressClass, ingressClassSchema } from '../../domain/ingress-class.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const outcomeOf = ({ by, known }: IngressClass) => {
  if (by === 'nothing') return 'no-class';
  if (known) return 'served';
  return by === 'annotation' ? 'annotation-only' : 'class-missing';
};

export default defineStep({
  stage: 'ingress',
  level: 'observe',
  cost: 0,
  reads: ['ingresses', 'ingressclasses'],
  runs: [],
  from: anyEnd,
  to: ['ingress'],
  evidence: z.object({ class: ingressClassSchema.optional() }),
  outcomes: {
    served: 'pass',
    // Controllers from before IngressClass go by the word alone, and some take every Ingress that has no class.
    'annotation-only': 'unsure',
    'no-class': 'warn',
    'class-missing': 'fail',
    'no-ingress': 'unsure',
  },

  async collect({ kube }, { to }) {
    const [ingress, classes] = await Promise.all([
      kube.get('ingresses', { namespace: to.namespace, name: to.name }),
      kube.list('ingressclasses', {}),
    ]);
    return ingress ? { class: classOf(ingress, classes) } : {};
  },

  interpret({ class: named }) {
    if (!named) return { outcome: 'no-ingress' };
    const { name, controller, others } = named;
    return { outcome: outcomeOf(named), facts: { 'ingress-class': name, controller, classes: capped(others) } };
  },
});
