import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import type { Controller } from '../../domain/ingress-pods.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { ingressView, ingressViewSchema } from '../../queries/probes/ingress-view.js';

const outcomeOf = ({ runs, pods }: Controller) => {
  if (runs === 'outside') return 'outside';
  if (runs === 'unknown') return 'not-recognised';
  const ready = pods.filter(({ state }) => state === 'running').length;
  if (pods.length === 0) return 'none';
  if (ready === 0) return 'none-ready';
  return ready < pods.length ? 'some-not-ready' : 'ready';
};

export default defineStep({
  stage: 'ingress',
  level: 'observe',
  cost: 0,
  reads: ['ingresses', 'ingressclasses', 'pods'],
  runs: [],
  from: anyEnd,
  to: ['ingress'],
  evidence: z.object({ view: ingressViewSchema.optional() }),
  outcomes: {
    ready: 'pass',
    'some-not-ready': 'warn',
    'none-ready': 'fail',
    none: 'fail',
    outside: 'unsure',
    'not-recognised': 'unsure',
  },

  async collect({ kube, clock }, flow) {
    const view = await ingressView(kube, flow, clock.now());
    return view ? { view } : {};
  },

  interpret({ view }) {
    if (!view) return { outcome: 'not-recognised' };
    const { class: named, pods } = view.controller;
    const bad = pods.filter(({ state }) => state !== 'running');
    const facts = {
      ...{ 'ingress-class': named.name, controller: named.controller, total: pods.length },
      pods: capped(pods.map(({ namespace, name }) => `${namespace}/${name}`)),
      troubled: capped(bad.map(({ name, reason, state }) => `${name} (${reason || state})`)),
      'controller-namespace': pods[0]?.namespace ?? '',
    };
    return { outcome: outcomeOf(view.controller), facts };
  },
});
