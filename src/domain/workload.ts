import { z } from 'zod';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';

export const workloadSchema = z.strictObject({
  /** `deployment/cart`, as kubectl takes it. */
  name: z.string(),
  /** Pods it wants, and Pods it has made, ready or not. */
  wanted: z.int(),
  made: z.int(),
  /** Why its Pods are refused, where it says so itself. */
  refusal: z.string(),
});
export type Workload = z.infer<typeof workloadSchema>;

export interface Templated {
  readonly spec?:
    | {
        readonly template: {
          readonly metadata?: { readonly labels?: Readonly<Record<string, string>> | undefined } | undefined;
        };
      }
    | undefined;
}

export const templateLabels = ({ spec }: Templated): Readonly<Record<string, string>> =>
  spec?.template.metadata?.labels ?? {};

export const ofDeployment = (deployment: KubeObject<'deployments'>): Workload => ({
  name: `deployment/${nameOf(deployment)}`,
  wanted: deployment.spec?.replicas ?? 1,
  made: deployment.status?.replicas ?? 0,
  // Kept by the controller for as long as a Pod is refused, longer than the event lives.
  refusal: deployment.status?.conditions?.find(({ type }) => type === 'ReplicaFailure')?.message ?? '',
});

export const ofStatefulSet = (set: KubeObject<'statefulsets'>): Workload => ({
  name: `statefulset/${nameOf(set)}`,
  wanted: set.spec?.replicas ?? 1,
  made: set.status?.replicas ?? 0,
  refusal: '',
});

/** One that fits no Node wants no Pod. */
export const ofDaemonSet = (set: KubeObject<'daemonsets'>): Workload => ({
  name: `daemonset/${nameOf(set)}`,
  wanted: set.status?.desiredNumberScheduled ?? 0,
  made: set.status?.currentNumberScheduled ?? 0,
  refusal: '',
});
