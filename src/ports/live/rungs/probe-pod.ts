import { CannotLook } from '../../../domain/cannot-look.js';
import { rightsOfAccess } from '../../../domain/pod-access.js';
import type { PodRef } from '../../../domain/ports.js';
import { footingIn } from './exec-rung.js';
import { isAboutItself, requireNoTraffic } from './harmless.js';
import type { Making } from './making.js';
import { ourName } from './names.js';
import { onceForEach } from './once-for-each.js';
import { createOurPods, hasEnded, probePod } from './our-pods.js';
import { probePodManifest } from './probe-pod-manifest.js';
import { requireRights } from './rights.js';
import type { Footing, Rung } from './rung.js';
import { pauseFor } from './wait-until.js';

/** A Pod beside the source that the network takes for it. Removed at the end of the session. */
export const probePodRung = (making: Making): Rung => {
  const { image, session, pods, rulesOf, containers, closing, settling, now } = making;
  const probePods = createOurPods(probePod, making);

  const readSource = onceForEach(async ({ namespace, name }) => {
    const pod = await pods.read({ namespace, name }, closing);
    if (pod?.spec?.nodeName && !hasEnded(pod)) return pod;
    throw new CannotLook('lost', `Pod ${namespace}/${name} ${pod ? 'is not running on a node' : 'does not exist'}.`);
  });

  const open = async (source: PodRef): Promise<Footing> => {
    const { namespace } = source;
    await requireRights(rightsOfAccess['probe-pod'], namespace, rulesOf);
    const pod = await readSource(source, closing);
    await requireNoTraffic(pod, pods, closing);
    const ref = { namespace, name: ourName(session, pod.metadata?.uid ?? '') };
    await probePods.make(probePodManifest(pod, { name: ref.name, image, session, now: now() }), ref);
    await probePods.untilRunning(ref);
    // Whoever filters by labels at the far end has to learn of its address first.
    await pauseFor(settling, closing);
    return footingIn({ ...ref, container: probePod.container }, 'probe-pod', containers);
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
