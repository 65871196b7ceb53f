import { BUSYBOX } from '../build/images.ts';

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  [field: string]: unknown;
}

type Labels = Record<string, string>;

export const namespace = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

export interface Container {
  image?: string;
  command?: readonly string[];
  ports?: readonly { containerPort: number; name?: string; protocol?: string; hostPort?: number }[];
  readinessProbe?: object;
  [field: string]: unknown;
}

export interface Workload extends Container {
  app: string;
  labels?: Labels;
  replicas?: number;
  pod?: object;
}

const container = (name: string, spec: Container) => ({
  name,
  image: BUSYBOX,
  imagePullPolicy: 'IfNotPresent',
  ...spec,
});

// A grace period of one second and Recreate: a change of the template is over when the old pods are gone.
export const deployment = (where: string, workload: Workload): Manifest => {
  const { app, labels = {}, replicas = 2, pod = {}, ...rest } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: app, namespace: where, labels: { app } },
    spec: {
      replicas,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: { app } },
      template: {
        metadata: { labels: { app, ...labels } },
        spec: { terminationGracePeriodSeconds: 1, containers: [container(app, rest)], ...pod },
      },
    },
  };
};

/** A web server on the given port, ready as soon as it answers. */
export const web = (app: string, port: number, more: Partial<Workload> = {}): Workload => ({
  app,
  command: ['serve', `:${port}`],
  ports: [{ containerPort: port, name: 'http' }],
  readinessProbe: { httpGet: { path: '/', port }, periodSeconds: 1 },
  ...more,
});

export interface ServicePort {
  port: number;
  targetPort?: number | string;
  name?: string;
  protocol?: 'TCP' | 'UDP';
  nodePort?: number;
}

export const service = (
  where: string,
  name: string,
  spec: { ports?: readonly ServicePort[]; [field: string]: unknown },
): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: where },
  spec,
});

/** For the `pod` of a workload: on this node alone. */
export const pinned = (node: string) => ({ nodeSelector: { 'kubernetes.io/hostname': node } });

export interface Client {
  name: string;
  image?: string;
  node?: string;
  command?: readonly string[];
  pod?: object;
}

export const client = (
  where: string,
  { name, node, pod = {}, image, command = ['sleep', '100000'] }: Client,
): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: where, labels: { app: name } },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [container('main', { ...(image ? { image } : {}), command })],
    ...(node ? pinned(node) : {}),
    ...pod,
  },
});
