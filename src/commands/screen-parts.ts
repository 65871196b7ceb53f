import { flowBetween, readEnd } from '../domain/ends.js';
import type { Flow } from '../domain/flow.js';
import type { Appearance, Draft, Header } from '../ui/props.js';
import { requested } from './ask.js';
import type { ReadMessage } from './error-message.js';
import type { Io } from './io.js';
import type { SessionFiles } from './keep-session.js';
import type { SessionOptions } from './options.js';
import { type openTriage, targetOf } from './run.js';
import { isMarked } from './settings.js';

type Opened = Awaited<ReturnType<typeof openTriage>>;

export const headerFor = async (options: SessionOptions, io: Io): Promise<Header> => {
  const { context, namespace, mode, synthetic } = await targetOf(options, io);
  return {
    context,
    namespace,
    marked: isMarked(context, io),
    level: options.level,
    version: io.version,
    mode,
    synthetic,
  };
};

export const flowOf = ({ from, to }: Draft, namespace: string, options: SessionOptions): Flow =>
  flowBetween(readEnd(from, namespace), requested(readEnd(to, namespace), options));

/** What is left open is filled with what the error settles. */
export const draftOf = (draft: Draft, read: ReadMessage | undefined): Draft => ({
  ...draft,
  ...{ from: draft.from || (read?.from ?? ''), to: draft.to || (read?.to ?? '') },
  symptom: draft.symptom || (read?.symptom ?? ''),
});

export const savedOf = ({ place, journal }: SessionFiles) => place && { ...place, root: journal().root };

/** Results that a process before this one has shown. */
export const knownBefore = ({ predict }: SessionOptions, opened: Opened | undefined) =>
  predict ? (opened?.files.earlier?.filter(({ type }) => type === 'check.finished').length ?? 0) : undefined;

export const appearanceOf = (options: SessionOptions, io: Io): Appearance => ({
  ascii: options.ascii,
  wide: options.ambiguousWidth === '2' ? 2 : 1,
  theme: io.hasColor() ? options.theme : 'mono',
  motion: options.motion,
});
