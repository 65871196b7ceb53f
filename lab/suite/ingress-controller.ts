import { buildPrograms } from '../build/programs.ts';
import { kubectlFor } from '../cluster/kubectl.ts';
import type { Lab } from '../cluster/plan.ts';
import { namespace } from '../scenario/manifest.ts';
import { changes } from './ingress-changes.ts';
import { failures } from './ingress-failures.ts';
import { routes } from './ingress-routes.ts';
import { BACKENDS, here, NAMESPACE, type Stage } from './ingress-stage.ts';
import type { Tally } from './tally.ts';

/** The ingress controller, asked from outside of the cluster: what it serves, how it fails, and what its log says of it. */
export async function testIngressController(lab: Lab, tally: Tally): Promise<void> {
  const stage: Stage = { lab, kubectl: kubectlFor(lab, (await buildPrograms()).kube) };
  try {
    await stage.kubectl.apply([namespace(NAMESPACE)]);
    await stage.kubectl.apply(BACKENDS);
    for (const app of ['cart', 'hasty'])
      await stage.kubectl.must([...here, 'rollout', 'status', `deploy/${app}`, '--timeout=60s']);
    for (const [what, proof] of [...routes, ...failures, ...changes])
      await tally.prove(`ingress: ${what}`, () => proof(stage));
  } finally {
    await stage.kubectl.run(['delete', 'namespace', NAMESPACE, '--wait=false']);
  }
}
