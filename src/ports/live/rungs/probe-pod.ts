import { CannotLook } from '../../../domain/cannot-look.js';
import type { PodRef } from '../../../domain/ports.js';
import { hasStarted } from './container-state.js';
import { footingIn } from './exec-rung.js';
import { isAboutItself, requireNoTraffic } from './harmless.js';
import { type Making, startLimit } from './making.js';
import { ourName } from './names.js';
import { onceForEach } from './once-for-each.js';
import type { Pod } from './pods-api.js';
import { createProbePods, hasEnded } from './probe-pod-life.js';
import { requireRights } from './rights.js';
import type { Footing, Rung } from './rung.js';
import { pauseFor, waitUntil } from './wait-until.js';

/** `OutOfcpu`, `NodeAffinity`, `Evicted`: what the kubelet says of a Pod that it does not run. */
const hasBegun = (pod: Pod | null): true | undefined => {
  if (!pod) throw new CannotLook('lost', 'The probe pod was deleted while it was starting.');
  const { phase, reason, message } = pod.status ?? {};
  if (phase === 'Failed')
    throw new CannotLook('lost', `It was not run (${[reason, message].filter(Boolean).join(': ')}).`);
  return hasStarted(pod.status?.containerStatuses?.[0]) || undefined;
};

/** A Pod beside the source that the network takes for it. Removed at the end of the session. */
export const probePodRung = (making: Making): Rung => {
  const { session, pods, rulesOf, containers, closing, settling } = making;
  const create = createProbePods(making);

  const readSource = onceForEach(async ({ namespace, name }) => {
    const pod = await pods.read({ namespace, name }, closing);
    if (pod?.spec?.nodeName && !hasEnded(pod)) return pod;
    throw new CannotLook('lost', `Pod ${namespace}/${name} ${pod ? 'is not running on a node' : 'does not exist'}.`);
  });

  const open = async (source: PodRef): Promise<Footing> => {
    const { namespace } = source;
    await requireRights('probe-pod', namespace, rulesOf);
    const pod = await readSource(source, closing);
    await requireNoTraffic(pod, pods, closing);
    const ref = { namespace, name: ourName(session, pod.metadata?.uid ?? '') };
    await create(pod, ref);
    await waitUntil(async () => hasBegun(await pods.read(ref, closing)), {
      ...{ limit: startLimit, signal: closing },
      late: `The probe pod did not start within ${startLimit / 1000} seconds.`,
    });
    // Whoever filters by labels at the far end has to learn of its address first.
    await pauseFor(settling, closing);
    return footingIn({ ...ref, container: 'probe' }, 'probe-pod', containers);
  };

  return {
    access: 'probe-pod',
    serves: async ({ pod, query, args, ofSource }, signal) => {
      if (!ofSource || query.elsewhere !== 'look-alike') return false;
      const source = await readSource(pod, signal).catch(() => undefined);
      return source !== undefined && !isAboutItself(source, args);
    },
    open: onceForEach(open),
  };
};
