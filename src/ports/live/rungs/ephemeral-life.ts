import type { PodRef } from '../../../domain/ports.js';
import type { Resource } from '../../../domain/resource.js';
import type { Making } from './making.js';
import type { Pod } from './pods-api.js';
import { endArgv, lifetime, probeContainer } from './probe-container.js';
import type { Footing } from './rung.js';
import { waitUntil } from './wait-until.js';

/** Milliseconds in which the kubelet tells that a container has ended. */
const stopLimit = 5_000;

export const statusOf = (pod: Pod | null, name: string) =>
  pod?.status?.ephemeralContainerStatuses?.find((status) => status.name === name);

/** What became of a container after it was added. */
export interface Started {
  footing?: Footing;
  /** Why there is none. */
  why?: string;
}

/** Adds containers to Pods, and sees to it that nothing runs in them at the end. */
export const createOurContainers = ({ image, pods, made, closing, now }: Making) => {
  const hasStopped = (ref: PodRef, container: string, signal: AbortSignal) =>
    waitUntil(
      async () => {
        const status = statusOf(await pods.read(ref, signal), container);
        return status?.state?.running ? undefined : true;
      },
      { limit: stopLimit, signal, late: 'It still runs.' },
    ).catch(() => false);

  const keep = (ref: PodRef, container: string, uid: string) => {
    const started: Started = {};
    const resource: Resource = {
      ...{ kind: 'ephemeral-container', namespace: ref.namespace, pod: ref.name, container, uid, image },
      expires: new Date(now() + lifetime * 1000).toISOString(),
    };
    made.add(resource, async (signal) => {
      const pod = await pods.read(ref, signal);
      if (pod?.metadata?.uid !== uid) return { outcome: 'removed' };
      if (!started.footing) return { outcome: 'left', why: started.why ?? 'It had not started.' };
      const program = { tool: 'sh', argv: endArgv(container), limit: 5 };
      const isOver = await started.footing.run(program, signal).then(
        () => true,
        // With process 1 all others end, this one too before it can say how it went.
        () => hasStopped(ref, container, signal),
      );
      return isOver ? { outcome: 'ended' } : { outcome: 'left', why: 'It could not be told to end.' };
    });
    return started;
  };

  const add = (ref: PodRef, container: string, uid: string) =>
    made.making(
      async () => {
        await pods.addContainer(ref, probeContainer(container, image), closing);
        return keep(ref, container, uid);
      },
      async (signal) => {
        const pod = await pods.read(ref, signal);
        const isThere = pod?.spec?.ephemeralContainers?.some(({ name }) => name === container);
        if (isThere && pod?.metadata?.uid === uid) keep(ref, container, uid);
      },
    );

  return { add, keep };
};
