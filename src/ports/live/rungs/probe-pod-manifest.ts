import type { JsonObject } from '../../../domain/json.js';
import { expiresLabel, madeLabel, sessionLabel } from '../our-changes.js';
import { labelValue, stampOf } from './names.js';
import type { Pod } from './pods-api.js';
import { lifetime, probeContainer } from './probe-container.js';

// By these the controllers of workloads tell their own Pods apart; none of them is part of what a Pod is for.
const ofControllers = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-generation',
  'pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
]);

/** What policies and Services see of the Pod. */
export const likeLabels = (pod: Pod): Record<string, string> =>
  Object.fromEntries(Object.entries(pod.metadata?.labels ?? {}).filter(([key]) => !ofControllers.has(key)));

/** What decides on which way packets of the Pod go, as far as another Pod can have it. */
const likeNetwork = ({ spec }: Pod) => {
  if (!spec) return {};
  // The node is chosen by name, but a taint of it would still evict the Pod: hence the tolerations.
  const { nodeName, tolerations, serviceAccountName, imagePullSecrets, runtimeClassName } = spec;
  const { hostNetwork, dnsPolicy, dnsConfig, hostAliases } = spec;
  const sysctls = spec.securityContext?.sysctls;
  return {
    ...{ nodeName, tolerations, serviceAccountName, imagePullSecrets, runtimeClassName },
    ...{ hostNetwork, dnsPolicy, dnsConfig, hostAliases },
    ...(sysctls ? { securityContext: { sysctls } } : {}),
  };
};

const resources = { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '200m', memory: '128Mi' } };

export interface About {
  readonly name: string;
  readonly image: string;
  readonly session: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A Pod that the network takes for the source, and that nobody sends anything to. */
export const probePodManifest = (source: Pod, { name, image, session, now }: About): JsonObject => {
  const { namespace, name: owner, uid } = source.metadata ?? {};
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...{ name, namespace },
      labels: {
        ...likeLabels(source),
        [madeLabel]: 'probe-pod',
        [sessionLabel]: labelValue(session),
        [expiresLabel]: stampOf(now + lifetime * 1000),
      },
      // A Pod without a controller is adopted by whatever selects its labels, and then deleted as one too many.
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Pod', name: owner, uid, controller: true, blockOwnerDeletion: false },
      ],
    },
    spec: {
      ...likeNetwork(source),
      containers: [{ ...probeContainer('probe', image), resources }],
      // Nobody ever sets this condition, so the Pod is never ready and no Service sends it traffic.
      readinessGates: [{ conditionType: 'net-triage/never-ready' }],
      activeDeadlineSeconds: lifetime,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
    },
  };
  return JSON.parse(JSON.stringify(manifest)) as JsonObject;
};
