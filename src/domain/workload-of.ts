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

// The owner of a static Pod is its Node, which kubectl can neither scale nor roll back.
const notAWorkload = ['Pod', 'Node'];

/** `deployment/cart`, as kubectl takes it; nothing where no workload made the Pod. */
export const workloadName = (pod: KubeObject<'pods'>): string | undefined => {
  const [kind = '', name] = workloadOf(pod).split('/');
  return notAWorkload.includes(kind) ? undefined : `${kind.toLowerCase()}/${name}`;
};

interface Made {
  readonly workload?: string | undefined;
}

/** What a remedy names in capitals where nobody saw which workload made the Pods. */
export const unknownWorkloads = {
  'source-workload': 'WORKLOAD_OF_THE_SOURCE',
  'destination-workload': 'WORKLOAD_OF_THE_PODS',
} as const;
type WorkloadFact<K extends keyof typeof unknownWorkloads> = { readonly [_ in K]?: string };

/** What made the source as a fact, where somebody did. */
export const sourceWorkload = (workload: string | undefined): WorkloadFact<'source-workload'> =>
  workload === undefined ? {} : { 'source-workload': workload };

/** The workload of all these Pods as a fact; none where they are of several, or of none that is known. */
export const destinationWorkload = (pods: readonly Made[]): WorkloadFact<'destination-workload'> => {
  const [first, ...others] = new Set(pods.map(({ workload }) => workload));
  return first === undefined || others.length > 0 ? {} : { 'destination-workload': first };
};
