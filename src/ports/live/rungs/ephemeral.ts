import { CannotLook } from '../../../domain/cannot-look.js';
import { rightsOfAccess } from '../../../domain/pod-access.js';
import type { PodRef } from '../../../domain/ports.js';
import { hasStarted } from './container-state.js';
import { createOurContainers, statusOf } from './ephemeral-life.js';
import { footingIn } from './exec-rung.js';
import { type Making, startLimit } from './making.js';
import { ourName } from './names.js';
import { onceForEach } from './once-for-each.js';
import type { Pod } from './pods-api.js';
import { requireRights } from './rights.js';
import type { Footing, Rung } from './rung.js';
import { waitUntil } from './wait-until.js';

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
  const { session, pods, rulesOf, containers, closing } = making;
  const { add, keep } = createOurContainers(making);

  const waitFor = (ref: PodRef, container: string) =>
    waitUntil(
      async () => {
        const pod = requireFit(await pods.read(ref, closing), ref);
        return hasStarted(statusOf(pod, container)) || undefined;
      },
      { limit: startLimit, signal: closing, late: `The container did not start within ${startLimit / 1000} seconds.` },
    );

  const open = async (ref: PodRef): Promise<Footing> => {
    await requireRights(rightsOfAccess.ephemeral, ref.namespace, rulesOf);
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
