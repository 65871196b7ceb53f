import { CannotLook } from '../../../domain/cannot-look.js';
import type { PodRef } from '../../../domain/ports.js';
import { madeLabel, sessionLabel } from '../our-changes.js';
import type { Making } from './making.js';
import { labelValue } from './names.js';
import type { Pod } from './pods-api.js';
import { lifetime } from './probe-container.js';
import { probePodManifest } from './probe-pod-manifest.js';
import { waitUntil } from './wait-until.js';

export const hasEnded = ({ metadata, status }: Pod) =>
  metadata?.deletionTimestamp !== undefined || ['Succeeded', 'Failed'].includes(status?.phase ?? '');

const isOf = ({ metadata }: Pod, session: string) =>
  metadata?.labels?.[madeLabel] === 'probe-pod' && metadata.labels[sessionLabel] === labelValue(session);

/** Makes the probe pods of a session, and sees to it that they are removed. */
export const createProbePods = ({
  image,
  session,
  pods,
  made,
  closing,
  now,
}: Omit<Making, 'containers' | 'rulesOf'>) => {
  const remove = async (ref: PodRef, uid: string, signal: AbortSignal) => {
    const found = await pods.read(ref, signal);
    if (found?.metadata?.uid === uid && isOf(found, session)) await pods.remove(ref, uid, signal);
  };

  const keep = (pod: Pod, { namespace, name }: PodRef) => {
    const uid = pod.metadata?.uid ?? '';
    const expires = new Date(now() + lifetime * 1000).toISOString();
    const about = { kind: 'probe-pod', namespace, pod: name, container: 'probe', uid, image, expires } as const;
    made.add(about, async (signal) => {
      await remove({ namespace, name }, uid, signal);
      return { outcome: 'removed' };
    });
  };

  const create = (source: Pod, ref: PodRef) =>
    made.making(
      async () => {
        const pod = await pods.create(
          probePodManifest(source, { name: ref.name, image, session, now: now() }),
          ref,
          closing,
        );
        if (pod) keep(pod, ref);
        return pod;
      },
      async (signal) => {
        const found = await pods.read(ref, signal);
        if (found && isOf(found, session)) keep(found, ref);
      },
    );

  /** A new one, or that of an earlier process of this session while it runs. Throws `CannotLook`. */
  return async (source: Pod, ref: PodRef): Promise<void> => {
    if (await create(source, ref)) return;
    const found = await pods.read(ref, closing);
    if (found && !isOf(found, session))
      throw new CannotLook('lost', `There is a Pod ${ref.namespace}/${ref.name} that this session has not made.`);
    if (found && !hasEnded(found)) return keep(found, ref);
    if (found?.metadata?.uid) await pods.remove(ref, found.metadata.uid, closing);
    const late = `The earlier probe pod ${ref.namespace}/${ref.name} does not go away.`;
    await waitUntil(() => create(source, ref), { limit: 10_000, signal: closing, late });
  };
};
