import { deployment, type Manifest, type Workload } from './manifest.ts';

/** Replicas with names of their own (`app-0`, `app-1` …), so that a fault can choose one of them. */
export const numbered = (where: string, workload: Workload): Manifest => {
  const { spec, ...rest } = deployment(where, workload) as Manifest & { spec: Record<string, unknown> };
  const { strategy: _, ...kept } = spec;
  return {
    ...rest,
    kind: 'StatefulSet',
    spec: { ...kept, serviceName: workload.app, podManagementPolicy: 'Parallel' },
  };
};

/** For the `pod` of a workload: as many on each of these nodes. */
export const spreadOver = (...nodes: string[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: nodes }] }],
      },
    },
  },
});
