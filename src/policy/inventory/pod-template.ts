import type { ContainerPort } from '../../domain/container-port.js';
import { child, descend, type Field, itemsOf, numberOf, textOf } from '../read/field.js';

const isSidecar = (container: Field) => child(container, 'restartPolicy').value === 'Always';

const portsIn = (container: Field): ContainerPort[] =>
  (itemsOf(child(container, 'ports')) ?? []).flatMap((item) => {
    const port = numberOf(child(item, 'containerPort'));
    if (port === undefined) return [];
    return { name: textOf(child(item, 'name')) ?? '', port, protocol: textOf(child(item, 'protocol')) ?? 'TCP' };
  });

/** What a Pod and the template of a workload say alike. `spec` is that of the Pod. */
export const readPodSpec = (spec: Field) => ({
  serviceAccount: textOf(child(spec, 'serviceAccountName')) ?? textOf(child(spec, 'serviceAccount')) ?? 'default',
  hostNetwork: child(spec, 'hostNetwork').value === true,
  node: textOf(child(spec, 'nodeName')) ?? '',
  declared: [
    ...(itemsOf(child(spec, 'containers')) ?? []),
    ...(itemsOf(child(spec, 'initContainers')) ?? []).filter(isSidecar),
  ].flatMap(portsIn),
});

/** Where each kind of workload keeps the template of its Pods. */
export const templates: Readonly<Record<string, readonly string[]>> = {
  'apps/Deployment': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  '/ReplicationController': ['spec', 'template'],
  'batch/Job': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'argoproj.io/Rollout': ['spec', 'template'],
  'apps.openshift.io/DeploymentConfig': ['spec', 'template'],
};

export const templateOf = (root: Field, path: readonly string[]): Field => descend(root, ...path);
