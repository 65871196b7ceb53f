import { join } from 'node:path';
import { clientKubeconfig } from './certificates.ts';
import type { Kubectl } from './kubectl.ts';
import type { Lab } from './plan.ts';

/** What each may do is said in manifests/access.yaml. */
const PEOPLE = ['viewer', 'noexec', 'prober', 'nobody'];

export async function grantAccess(lab: Lab, kubectl: Kubectl): Promise<void> {
  await Promise.all(PEOPLE.map((who) => clientKubeconfig(lab, who, `/CN=${who}`)));
  await kubectl.must(['apply', '-f', join(import.meta.dirname, '../manifests/access.yaml')]);
}
