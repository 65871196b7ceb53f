import type { Catalog } from '../catalog/catalog.js';
import { permits } from '../domain/level.js';
import { makesSomething, waysOpen } from '../domain/pod-access.js';
import type { ResourceEvent } from '../domain/resource.js';
import { isStepNode } from '../domain/runbook.js';
import { recordSecondsOf } from '../machines/limits.js';
import { askYes } from './ask-yes.js';
import { recordingChecks } from './capture-consent.js';
import { type Io, say } from './io.js';
import { beforehand, recordingWords, resourceWords } from './made-words.js';
import type { SessionOptions } from './options.js';

/** For nodes the screen asks one by one; without one, the flag that names the way is the consent. */
const onNodes = ({ nodeAccess, level }: SessionOptions): 'debug'[] =>
  nodeAccess.includes('debug') && permits(level, 'node') ? ['debug'] : [];

const inPods = ({ probeImage, podAccess, level }: SessionOptions) =>
  permits(level, 'probe') ? waysOpen(podAccess, probeImage).filter(makesSomething) : [];

/** Says what may be put into the cluster, before anything is: the flags have allowed it. */
export const tellBeforehand = async (options: SessionOptions, io: Io): Promise<void> => {
  const { probeImage, universe } = options;
  if (probeImage === undefined || universe !== undefined) return;
  const ways = [...inPods(options), ...onNodes(options)];
  if (ways.length > 0) await say(io.stderr, beforehand(probeImage, ways));
};

/** Says how much a recording asks of the places it goes to, before it starts: the flags have allowed it. */
export const tellRecording = async (
  { options, symptom = '' }: { options: SessionOptions; symptom: string | undefined },
  catalog: Pick<Catalog, 'steps' | 'runbooks'>,
  io: Io,
): Promise<void> => {
  const { level, record, consent, universe } = options;
  const inBook = Object.values(catalog.runbooks[symptom]?.nodes ?? {}).flatMap((node) =>
    isStepNode(node) ? [node.step] : [],
  );
  const allowed = recordingChecks(catalog).filter((id) => record !== undefined || consent.includes(id));
  for (const id of universe === undefined ? allowed.filter((one) => inBook.includes(one)) : []) {
    const step = catalog.steps[id]?.step;
    if (step?.perSecond !== undefined && permits(level, step.level))
      await say(io.stderr, recordingWords(id, { rate: step.perSecond, seconds: recordSecondsOf(options) }));
  }
};

/** Asks whether it may be. Without a yes the session makes nothing. */
export const askBeforehand = async (options: SessionOptions, io: Io): Promise<SessionOptions> => {
  const ways = options.universe === undefined ? inPods(options) : [];
  if (options.probeImage === undefined || ways.length === 0) return options;
  const mayMake = await askYes(`${beforehand(options.probeImage, ways)}\nMay it be?`, io);
  return mayMake ? options : { ...options, podAccess: options.podAccess.filter((way) => !makesSomething(way)) };
};

/** Says what became of what was made, one line each, where nobody looks at a screen. */
export const toldOnStderr =
  ({ context }: SessionOptions, io: Io) =>
  (event: ResourceEvent): void =>
    void say(io.stderr, resourceWords(event, context ?? null));
