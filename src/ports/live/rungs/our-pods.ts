import { CannotLook } from '../../../domain/cannot-look.js';
import type { JsonObject } from '../../../domain/json.js';
import type { PodRef } from '../../../domain/ports.js';
import type { Resource } from '../../../domain/resource.js';
import { madeLabel, sessionLabel } from '../our-changes.js';
import { hasStarted } from './container-state.js';
import { type Making, startLimit } from './making.js';
import { labelValue } from './names.js';
import type { Pod } from './pods-api.js';
import { lifetime } from './probe-container.js';
import { waitUntil } from './wait-until.js';

/** What a Pod is made for, in the words of the journal and on the screen. */
interface Sort {
  readonly kind: Exclude<Resource['kind'], 'ephemeral-container'>;
  readonly container: string;
  readonly called: string;
}

export const probePod: Sort = { kind: 'probe-pod', container: 'probe', called: 'probe pod' };
export const nodePod: Sort = { kind: 'node-pod', container: 'node', called: 'node pod' };

export const hasEnded = ({ metadata, status }: Pod) =>
  metadata?.deletionTimestamp !== undefined || ['Succeeded', 'Failed'].includes(status?.phase ?? '');

/** `OutOfcpu`, `NodeAffinity`, `Evicted`: what the kubelet says of a Pod that it does not run. */
const hasBegun = (pod: Pod | null, called: string): true | undefined => {
  if (!pod) throw new CannotLook('lost', `The ${called} was deleted while it was starting.`);
  const { phase, reason, message } = pod.status ?? {};
  if (phase === 'Failed')
    throw new CannotLook('lost', `It was not run (${[reason, message].filter(Boolean).join(': ')}).`);
  return hasStarted(pod.status?.containerStatuses?.[0]) || undefined;
};

/** Makes Pods of one sort for a session, and sees to it that they are removed. */
export const createOurPods = (
  { kind, container, called }: Sort,
  { image, session, pods, made, closing, now }: Omit<Making, 'containers' | 'rulesOf' | 'settling'>,
) => {
  const isOurs = ({ metadata }: Pod) =>
    metadata?.labels?.[madeLabel] === kind && metadata.labels[sessionLabel] === labelValue(session);

  const remove = async (ref: PodRef, uid: string, signal: AbortSignal) => {
    const found = await pods.read(ref, signal);
    if (found?.metadata?.uid === uid && isOurs(found)) await pods.remove(ref, uid, signal);
  };

  const keep = (pod: Pod, { namespace, name }: PodRef) => {
    const uid = pod.metadata?.uid ?? '';
    const expires = new Date(now() + lifetime * 1000).toISOString();
    made.add({ kind, namespace, pod: name, container, uid, image, expires }, async (signal) => {
      await remove({ namespace, name }, uid, signal);
      return { outcome: 'removed' };
    });
  };

  const create = (manifest: JsonObject, ref: PodRef) =>
    made.making(
      async () => {
        const pod = await pods.create(manifest, ref, closing);
        if (pod) keep(pod, ref);
        return pod;
      },
      async (signal) => {
        const found = await pods.read(ref, signal);
        if (found && isOurs(found)) keep(found, ref);
      },
    );

  return {
    /** A new one, or that of an earlier process of this session while it runs. Throws `CannotLook`. */
    async make(manifest: JsonObject, ref: PodRef): Promise<void> {
      if (await create(manifest, ref)) return;
      const found = await pods.read(ref, closing);
      if (found && !isOurs(found))
        throw new CannotLook('lost', `There is a Pod ${ref.namespace}/${ref.name} that this session has not made.`);
      if (found && !hasEnded(found)) return keep(found, ref);
      if (found?.metadata?.uid) await pods.remove(ref, found.metadata.uid, closing);
      const late = `The earlier ${called} ${ref.namespace}/${ref.name} does not go away.`;
      await waitUntil(() => create(manifest, ref), { limit: 10_000, signal: closing, late });
    },
    /** Throws `CannotLook` where it does not come to run. */
    async untilRunning(ref: PodRef): Promise<void> {
      await waitUntil(async () => hasBegun(await pods.read(ref, closing), called), {
        ...{ limit: startLimit, signal: closing },
        late: `The ${called} did not start within ${startLimit / 1000} seconds.`,
      });
    },
  };
};
