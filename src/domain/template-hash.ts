const makers = { 'pod-template-hash': 'Deployment', 'rollouts-pod-template-hash': 'Rollout' } as const;
const hashLabels = Object.keys(makers) as (keyof typeof makers)[];

export interface Maker {
  readonly kind: (typeof makers)[keyof typeof makers];
  readonly name: string;
}

/**
 * Who made a ReplicaSet of this name, by the labels of one of its Pods: the name ends in the hash of its template, so
 * two revisions of one Deployment are one. Undefined where nobody did.
 */
export const makerOf = (replicaSet: string, labels: Readonly<Record<string, string>> = {}): Maker | undefined => {
  for (const label of hashLabels) {
    const hash = labels[label];
    if (hash && replicaSet.endsWith(`-${hash}`))
      return { kind: makers[label], name: replicaSet.slice(0, -hash.length - 1) };
  }
  return undefined;
};
