import { CannotLook } from '../../domain/cannot-look.js';
import { rightsOfNodePod } from '../../domain/node-access.js';
import type { PodRef } from '../../domain/ports.js';
import { scriptName } from '../live/batch-script.js';
import { containerShell, type Exec } from '../live/exec.js';
import type { Making } from '../live/rungs/making.js';
import { ourName } from '../live/rungs/names.js';
import { createOurPods, nodePod } from '../live/rungs/our-pods.js';
import { requireRights } from '../live/rungs/rights.js';
import type { Shell } from '../live/shell.js';
import { debugPodManifest, hostRoot } from './debug-pod-manifest.js';
import { asksKernelOnly } from './kernel-programs.js';
import type { NodeRung } from './rung.js';

/** Asked before a Pod is made on a node. */
export type AskForPod = (about: PodRef & { readonly node: string; readonly image: string }) => Promise<boolean>;

export interface DebugRungOptions {
  readonly exec: Exec;
  /** REF of `--probe-image`. */
  readonly image: string | undefined;
  /** Where the Pods are made. */
  readonly namespace: string;
  readonly making: Omit<Making, 'image' | 'containers'>;
  readonly consent: AskForPod;
}

const withoutImage = () =>
  new CannotLook('tool-missing', 'A Pod on the node takes an image; --probe-image REF would name one.');

// By its path: the chroot of a busybox that prefers its own applets (FEATURE_PREFER_APPLETS) would take itself for
// the shell, and itself again for most programs of the node.
const inHost = (argv: readonly string[]) => ['chroot', hostRoot, '/bin/sh', '-c', 'exec "$@"', scriptName, ...argv];
const hello = { argv: inHost(['true']), deadline: 10_000 };

/** The programs of the node where it has a shell, and those of the image for what they lack. */
const shellOn = async (node: string, inside: Shell, signal: AbortSignal): Promise<Shell> => {
  const ofImage: Shell = { ...inside, name: `node ${node} (${inside.name})`, answersFor: asksKernelOnly };
  const isThere = await inside.exec(hello, signal).then(
    ({ exitCode }) => exitCode === 0,
    (error: unknown) => {
      if (error instanceof CannotLook && error.code === 'tool-missing') return false;
      throw error;
    },
  );
  if (!isThere) return ofImage;
  return {
    key: `${inside.key}${hostRoot}`,
    name: `node ${node} (through ${inside.name})`,
    exec: (request, stop) => inside.exec({ ...request, argv: inHost(request.argv) }, stop),
    beside: ofImage,
  };
};

/** A Pod of our own on the node, with its network, its processes and its files to read. Removed at the end. */
export const createDebugRung = ({ exec, image, namespace, making, consent }: DebugRungOptions): NodeRung => {
  const { session, rulesOf, closing, now } = making;

  const make = async (node: string, known: string) => {
    const ref = { namespace, name: ourName(session, 'node', node) };
    await requireRights(rightsOfNodePod, namespace, rulesOf);
    if (!(await consent({ ...ref, node, image: known })))
      throw new CannotLook('forbidden', `Nobody agreed to a Pod on node ${node}.`);
    const nodePods = createOurPods(nodePod, { ...making, image: known });
    await nodePods.make(debugPodManifest({ ...ref, node, image: known, session, now: now() }), ref);
    await nodePods.untilRunning(ref);
    return shellOn(node, containerShell(exec, { ...ref, container: nodePod.container }), closing);
  };

  return {
    access: 'debug',
    async open(node) {
      if (image === undefined) throw withoutImage();
      try {
        return await make(node, image);
      } catch (error) {
        if (!(error instanceof CannotLook)) throw error;
        throw new CannotLook(error.code, `By a Pod in ${namespace}: ${error.message}`, error.missing);
      }
    },
    // What was made is removed with everything else that this session has made.
    close: async () => {},
  };
};
