import { CannotLook } from '../../../domain/cannot-look.js';
import type { PodRef } from '../../../domain/ports.js';
import type { Resource } from '../../../domain/resource.js';
import { hasStarted } from './container-state.js';
import { footingIn } from './exec-rung.js';
import { type Making, startLimit } from './making.js';
import { ourName } from './names.js';
import { onceForEach } from './once-for-each.js';
import type { Pod } from './pods-api.js';
import { endArgv, lifetime, probeContainer } from './probe-container.js';
import { requireRights } from './rights.js';
import type { Footing, Rung } from './rung.js';
import { waitUntil } from './wait-until.js';

/** Milliseconds in which the kubelet tells that a container has ended. */
const stopLimit = 5_000;

const statusOf = (pod: Pod | null, name: string) =>
  pod?.status?.ephemeralContainerStatuses?.find((status) => status.name === name);

const ended = ({ metadata, status }: Pod) =>
  metadata?.deletionTimestamp !== undefined || ['Succeeded', 'Failed'].includes(status?.phase ?? '');

const unfit = (pod: Pod): string | undefined => {
  if (ended(pod)) return 'has ended';
  // "static pods do not support ephemeral containers" (kubernetes, pkg/registry/core/pod/strategy.go)
  if (pod.metadata?.annotations?.['kubernetes.io/config.mirror']) return 'is a static Pod, which takes no container';
  return pod.spec?.os?.name === 'windows' ? 'runs on Windows' : undefined;
};

const requireFit = (pod: Pod | null, { namespace, name }: PodRef): Pod => {
  const why = pod ? unfit(pod) : 'does not exist';
  if (pod && why === undefined) return pod;
  throw new CannotLook('lost', `Pod ${namespace}/${name} ${why}.`);
};

/** One that this session has started in an earlier process, or a name that none has yet. */
const pick = (pod: Pod, session: string) => {
  const base = ourName(session, pod.metadata?.uid ?? '');
  const taken = new Set(pod.spec?.ephemeralContainers?.map(({ name }) => name));
  const names = Array.from({ length: taken.size + 1 }, (_, index) => (index === 0 ? base : `${base}-${index + 1}`));
  const running = names.find((name) => statusOf(pod, name)?.state?.running);
  return { running, free: names.find((name) => !taken.has(name)) ?? base };
};

/** A container of our own image in the Pod itself: its network, not its files. Nothing can take it out again. */
export const ephemeralRung = (making: Making): Rung => {
  const { image, session, pods, made, rulesOf, containers, closing, now } = making;

  const hasStopped = (ref: PodRef, container: string, signal: AbortSignal) =>
    waitUntil(
      async () => {
        const status = statusOf(await pods.read(ref, signal), container);
        return status?.state?.running ? undefined : true;
      },
      { limit: stopLimit, signal, late: 'It still runs.' },
    ).catch(() => false);

  const keep = (ref: PodRef, container: string, uid: string) => {
    const started: { footing?: Footing; why?: string } = {};
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

  const waitFor = (ref: PodRef, container: string) =>
    waitUntil(
      async () => {
        const pod = requireFit(await pods.read(ref, closing), ref);
        return hasStarted(statusOf(pod, container)) || undefined;
      },
      { limit: startLimit, signal: closing, late: `The container did not start within ${startLimit / 1000} seconds.` },
    );

  const open = async (ref: PodRef): Promise<Footing> => {
    await requireRights('ephemeral', ref.namespace, rulesOf);
    const pod = requireFit(await pods.read(ref, closing), ref);
    const { running, free } = pick(pod, session);
    const container = running ?? free;
    const uid = pod.metadata?.uid ?? '';
    const started = running ? keep(ref, running, uid) : await add(ref, free, uid);
    try {
      await waitFor(ref, container);
      const place = { namespace: ref.namespace, name: ref.name, container };
      started.footing = await footingIn(place, 'ephemeral', containers);
      return started.footing;
    } catch (error) {
      started.why = error instanceof Error ? error.message : String(error);
      throw error;
    }
  };

  return {
    access: 'ephemeral',
    serves: ({ query, ofSource }) => ofSource && (query.elsewhere !== undefined || query.where === 'anywhere'),
    open: onceForEach(open),
  };
};
