import { CannotLook } from '../../../domain/cannot-look.js';
import type { KubeObject } from '../../../domain/kinds.js';

type Status = NonNullable<NonNullable<KubeObject<'pods'>['status']>['containerStatuses']>[number];

// Reasons of the kubelet (pkg/kubelet/images/types.go, pkg/kubelet/container/sync_result.go) that waiting does not cure.
const hopeless = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImageInspectError',
  'ImagePullBackOff',
  'InvalidImageName',
  'RegistryUnavailable',
  'RunContainerError',
  'SignatureValidationFailed',
]);

const ofImage = new Set([
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImageInspectError',
  'ImagePullBackOff',
  'InvalidImageName',
]);

/** The image is of no use on this node, in whatever container. */
export class ImageUnusable extends CannotLook {}

// A container runtime tells all it has tried; who looks further finds it in the events of the Pod.
const longest = 160;

const because = (reason: string | undefined, message: string | undefined) =>
  [reason, message && message.length > longest ? `${message.slice(0, longest)} ...` : message]
    .filter(Boolean)
    .join(': ') || 'no reason was given';

/** True once it runs, false while it may still come to that. Throws `CannotLook` with the reason of the kubelet. */
export const hasStarted = (status: Status | undefined): boolean => {
  const { running, waiting, terminated } = status?.state ?? {};
  if (running) return true;
  if (terminated) throw new CannotLook('lost', `It ended at once (${because(terminated.reason, terminated.message)}).`);
  if (waiting?.reason && hopeless.has(waiting.reason)) {
    const Problem = ofImage.has(waiting.reason) ? ImageUnusable : CannotLook;
    throw new Problem('lost', `It cannot start: ${because(waiting.reason, waiting.message)}.`);
  }
  return false;
};
