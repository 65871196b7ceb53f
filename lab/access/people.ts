import { join } from 'node:path';
import { clientKubeconfig } from '../cluster/certificates.ts';
import type { Kubectl } from '../cluster/kubectl.ts';
import type { Lab } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { writeTroubled } from './troubled.ts';

/** What each may do is said in manifests/access.yaml. */
const PEOPLE = ['viewer', 'noexec', 'prober', 'noevents', 'oneteam', 'podmaker', 'nobody'];

export async function grantAccess(lab: Lab, kubectl: Kubectl): Promise<void> {
  await Promise.all(PEOPLE.map((who) => clientKubeconfig(lab, who, `/CN=${who}`)));
  await Promise.all([
    writeTroubled(lab),
    kubectl.must(['apply', '-f', join(import.meta.dirname, '../manifests/access.yaml')]),
  ]);
}

/** Lets `oneteam` into a namespace; it may do there what `prober` may do everywhere, and nothing outside. */
export async function letTeamInto(kubectl: Kubectl, namespace: string): Promise<void> {
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'oneteam' }];
  const binding = (role: string) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `team-${role}`, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects,
  });
  await kubectl.apply(['lab-reader', 'lab-event-reader', 'lab-prober'].map(binding));
  // The authorizer hears of a binding a moment after it is written, of the last one last.
  const question = ['-n', namespace, 'auth', 'can-i', 'create', 'pods', '--subresource=exec', '--as', 'oneteam'];
  await eventually(`oneteam may work in ${namespace}`, async () => (await kubectl.run(question)).code === 0);
}
