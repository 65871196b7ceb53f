import type { Lab } from '../cluster/plan.ts';
import { changes } from './ingress-changes.ts';
import { failures } from './ingress-failures.ts';
import { routes } from './ingress-routes.ts';
import { BACKENDS, here, NAMESPACE } from './ingress-stage.ts';
import { provePart } from './proof.ts';
import type { Tally } from './tally.ts';

/** The ingress controller, asked from outside of the cluster: what it serves, how it fails, and what its log says of it. */
export const testIngressController = (lab: Lab, tally: Tally): Promise<void> =>
  provePart(lab, tally, {
    name: 'ingress',
    namespace: NAMESPACE,
    prepare: async ({ kubectl }) => {
      await kubectl.apply(BACKENDS);
      for (const app of ['cart', 'hasty'])
        await kubectl.must([...here, 'rollout', 'status', `deploy/${app}`, '--timeout=60s']);
    },
    proofs: [...routes, ...failures, ...changes],
  });
