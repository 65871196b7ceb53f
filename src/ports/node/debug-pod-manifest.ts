import type { JsonObject } from '../../domain/json.js';
import { expiresLabel, madeLabel, sessionLabel } from '../live/our-changes.js';
import { labelValue, stampOf } from '../live/rungs/names.js';
import { nodePod } from '../live/rungs/our-pods.js';
import { lifetime, waitArgv } from '../live/rungs/probe-container.js';

/** Where the Pod has the files of its node. */
export const hostRoot = '/host';

const resources = { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '500m', memory: '256Mi' } };

/**
 * What reading a node takes, and no `privileged`: that would also give the Pod every device of the node. The network
 * for rules and captures, chroot for the programs of the node, setns (SYS_ADMIN, and SYS_PTRACE for /proc/PID/ns) for
 * the networks of its Pods, the kernel log, and what it takes that tcpdump
 * becomes somebody else and can still be ended: without KILL no limit of ours would reach it.
 */
const capabilities = [
  ...['NET_ADMIN', 'NET_RAW', 'SYS_CHROOT', 'SYS_ADMIN', 'SYS_PTRACE'],
  ...['DAC_READ_SEARCH', 'SYSLOG', 'SETUID', 'SETGID', 'KILL'],
];

export interface DebugPod {
  readonly name: string;
  readonly namespace: string;
  readonly node: string;
  readonly image: string;
  readonly session: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const container = ({ image, name }: DebugPod) => ({
  ...{ name: nodePod.container, image, imagePullPolicy: 'IfNotPresent', command: waitArgv(name), resources },
  securityContext: {
    runAsUser: 0,
    capabilities: { drop: ['ALL'], add: capabilities },
    // Profiles of containers forbid to look into the processes of the host.
    appArmorProfile: { type: 'Unconfined' },
    seLinuxOptions: { type: 'spc_t' },
  },
  volumeMounts: [
    // Read-only with everything that is mounted below it, where the runtime can do that (Kubernetes 1.31 and later).
    { name: 'host', mountPath: hostRoot, readOnly: true, recursiveReadOnly: 'IfPossible' },
  ],
});

/** A Pod that sees the network, the processes and the files of one node, whatever its taints, and changes none. */
export const debugPodManifest = (about: DebugPod): JsonObject => {
  const { name, namespace, node, session, now } = about;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...{ name, namespace },
      labels: {
        [madeLabel]: nodePod.kind,
        [sessionLabel]: labelValue(session),
        [expiresLabel]: stampOf(now + lifetime * 1000),
      },
    },
    spec: {
      // By name and not by the scheduler, which would keep it off a cordoned node; a taint would still evict it.
      nodeName: node,
      tolerations: [{ operator: 'Exists' }],
      ...{ hostNetwork: true, hostPID: true, dnsPolicy: 'Default' },
      containers: [container(about)],
      volumes: [{ name: 'host', hostPath: { path: '/', type: 'Directory' } }],
      activeDeadlineSeconds: lifetime,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
    },
  };
};
