import type { EndOf } from '../../domain/flow.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { writeAddress } from '../address/write-address.js';
import type { Pair } from '../flow/evaluate.js';
import type { JudgedFlow } from './documents.js';
import { pairsIn, type Understood } from './understand.js';

type Pod = KubeObject<'pods'>;
type FromPod = Omit<JudgedFlow, 'from'> & { readonly from: EndOf<'pod'> };

/** Where the source may not go, by the policies. */
export interface Aim {
  readonly to: string;
  readonly address: string;
  readonly port: number;
}

export interface Candidate {
  readonly namespace: string;
  readonly name: string;
  readonly verdict: 'allowed' | 'denied';
}

// Each is judged, and with thousands of Pods around nobody needs all of them.
const mostJudged = 60;
const mostTried = 2;

const aimOf = ({ connection: { to, port } }: Pair): Aim | undefined =>
  to.address && { to: to.name, address: writeAddress(to.address), port };

export const deniedAim = (understood: Understood, flow: FromPod): Aim | undefined => {
  const denied = pairsIn(understood, flow).find(({ answer }) => answer === 'denied');
  return denied && aimOf(denied);
};

/** What a Deployment gives each of its ReplicaSets, and a StatefulSet each of its Pods, makes no Pod another. */
const ownLabels = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
]);
const labelsOf = ({ metadata }: Pod) =>
  JSON.stringify(
    Object.entries(metadata?.labels ?? {})
      .filter(([key]) => !ownLabels.has(key))
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

const canTry = ({ spec, status }: Pod) => status?.phase === 'Running' && spec?.hostNetwork !== true;

/** Most like the source first: then nothing but the policies sets them apart. */
const likeness = (source: Pod) => {
  const [labels, node] = [labelsOf(source), source.spec?.nodeName];
  return (pod: Pod) => (labelsOf(pod) === labels ? 2 : 0) + (pod.spec?.nodeName === node ? 1 : 0);
};

interface Choice {
  readonly flow: FromPod;
  readonly source: Pod;
  readonly aim: Aim;
  readonly pods: readonly Pod[];
}

/** Other Pods with a sure verdict of their own for the same aim, a few of each. */
export const toldApart = (understood: Understood, { flow, source, aim, pods }: Choice): Candidate[] => {
  const like = likeness(source);
  const placeOf = (pod: Pod) => ({ namespace: pod.metadata?.namespace ?? '', name: nameOf(pod) });
  const isOther = (pod: Pod) => {
    const { namespace, name } = placeOf(pod);
    return `${namespace}/${name}` !== aim.to && !(namespace === flow.from.namespace && name === flow.from.name);
  };
  const judged = pods
    .filter((pod) => canTry(pod) && isOther(pod))
    .toSorted((one, other) => like(other) - like(one))
    .slice(0, mostJudged)
    .flatMap((pod): Candidate[] => {
      const from = { kind: 'pod', ...placeOf(pod) } as const;
      const pair = pairsIn(understood, { ...flow, from }).find((one) => aimOf(one)?.address === aim.address);
      return pair && pair.answer !== 'unknown' ? [{ ...placeOf(pod), verdict: pair.answer }] : [];
    });
  return (['denied', 'allowed'] as const).flatMap((wanted) =>
    judged.filter(({ verdict }) => verdict === wanted).slice(0, mostTried),
  );
};
