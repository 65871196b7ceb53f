import type { KubeObject } from './kinds.js';
import { makerOf } from './template-hash.js';

/** `Deployment/cart`, or `Pod/cart` where nobody controls it. */
export const workloadOf = ({ metadata }: KubeObject<'pods'>): string => {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return `Pod/${metadata?.name ?? ''}`;
  const { kind, name } = (owner.kind === 'ReplicaSet' && makerOf(owner.name, metadata?.labels)) || owner;
  return `${kind}/${name}`;
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
