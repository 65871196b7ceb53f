import type { Lab } from '../cluster/plan.ts';
import { client } from '../scenario/manifest.ts';
import { kubernetesAccess } from './access-kubernetes.ts';
import { policyAccess } from './access-policies.ts';
import { accessReasons } from './access-reasons.ts';
import { sshAccess } from './access-ssh.ts';
import { sshDoors } from './access-ssh-doors.ts';
import { sudoRights } from './access-sudo.ts';
import { withoutApi } from './access-without-api.ts';
import { provePart } from './proof.ts';
import type { Tally } from './tally.ts';

/** Whose kubeconfig and whose key opens what, and how each of the others is turned away. */
export const testAccess = (lab: Lab, tally: Tally): Promise<void> =>
  provePart(lab, tally, {
    name: 'access',
    namespace: 'doorkeeper',
    prepare: async ({ kubectl }) => {
      await kubectl.apply([client('doorkeeper', { name: 'guest' })]);
      await kubectl.must(['-n', 'doorkeeper', 'wait', 'pod/guest', '--for=condition=Ready', '--timeout=60s']);
    },
    proofs: [
      ...kubernetesAccess,
      ...policyAccess,
      ...accessReasons,
      ...sshAccess,
      ...sudoRights,
      ...sshDoors,
      ...withoutApi,
    ],
  });
