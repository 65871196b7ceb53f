import { defineStep } from '../../domain/step.js';
import { judging } from '../../policy/cluster/judgement.js';
import { policyView } from '../../policy/cluster/view.js';

export default defineStep({
  ...judging,
  collect: ({ kube, clock }, flow) => policyView(kube, flow, { direction: 'ingress', now: clock.now() }),
});
