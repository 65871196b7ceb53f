import { buildPrograms } from '../build/programs.ts';
import { type Kubectl, kubectlFor } from '../cluster/kubectl.ts';
import type { Lab } from '../cluster/plan.ts';
import { namespace } from '../scenario/manifest.ts';
import type { Tally } from './tally.ts';

/** Where a part of the lab is proved: a namespace of its own on a lab that is up. */
export interface Stage {
  lab: Lab;
  kubectl: Kubectl;
}

/** What is wrong; nothing when all is well. */
export type Proof = (stage: Stage) => Promise<string[]>;

interface Part {
  name: string;
  namespace: string;
  prepare: (stage: Stage) => Promise<unknown>;
  proofs: readonly (readonly [string, Proof])[];
}

export async function provePart(lab: Lab, tally: Tally, part: Part): Promise<void> {
  const stage: Stage = { lab, kubectl: kubectlFor(lab, (await buildPrograms()).kube) };
  try {
    await stage.kubectl.apply([namespace(part.namespace)]);
    await part.prepare(stage);
    for (const [what, proof] of part.proofs) await tally.prove(`${part.name}: ${what}`, () => proof(stage));
  } finally {
    await stage.kubectl.run(['delete', 'namespace', part.namespace, '--wait=false']);
  }
}
