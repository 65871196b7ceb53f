import type { KubeObject } from './kinds.js';

const hashLabels = ['pod-template-hash', 'rollouts-pod-template-hash'] as const;
const makerOf = { 'pod-template-hash': 'Deployment', 'rollouts-pod-template-hash': 'Rollout' } as const;

/**
 * `Deployment/cart`, or `Pod/cart` where nobody controls it. A ReplicaSet whose name ends in the hash of its
 * template was made by a Deployment, so two revisions of one Deployment are one workload.
 */
export const workloadOf = ({ metadata }: KubeObject<'pods'>): string => {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return `Pod/${metadata?.name ?? ''}`;
  const hash = hashLabels.find((label) => owner.name.endsWith(`-${metadata?.labels?.[label] ?? ''}`));
  return owner.kind === 'ReplicaSet' && hash
    ? `${makerOf[hash]}/${owner.name.slice(0, owner.name.lastIndexOf('-'))}`
    : `${owner.kind}/${owner.name}`;
};
