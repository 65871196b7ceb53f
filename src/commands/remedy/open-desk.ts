import type { Catalog } from '../../catalog/catalog.js';
import type { Flow } from '../../domain/flow.js';
import { type Checks, openChecks } from '../checks.js';
import { cleanBy, flagsOf } from '../connect.js';
import type { Io } from '../io.js';
import { record, type SessionFiles } from '../keep-session.js';
import type { SessionOptions } from '../options.js';
import { reportInput } from '../output.js';
import { languageOf } from '../settings.js';
import { createFixDesk, type FixDesk } from './desk.js';
import { type Patience, patienceFor } from './verify.js';

export interface OpenDesk {
  readonly catalog: Catalog;
  readonly files: SessionFiles;
  readonly flow: Flow;
  readonly options: SessionOptions;
  readonly signal: AbortSignal;
  /** A credential plugin may use the terminal while this opens. */
  readonly interactive: boolean;
}

/** The only door to a changer. Throws where the program was not started with `--allow-remediation`. */
export const openDesk = async (
  { catalog, files, flow, options, signal, interactive }: OpenDesk,
  io: Io,
): Promise<FixDesk & { readonly patience: Patience; close(): Promise<void> }> => {
  if (!options.allowRemediation) throw new Error('a fix without --allow-remediation');
  const { openChanger } = await import('../../ports/live/changes/open-changer.js');
  const { redactor, id } = files;
  const changer = await openChanger({
    ...{ flags: flagsOf(options), around: { env: io.env, home: io.home }, version: io.version, session: id },
    clean: cleanBy(redactor),
    ...{ requestTimeout: options.requestTimeout, interactive },
  });
  let opened: Promise<Checks> | undefined;
  const checks: Pick<Checks, 'look'> = {
    look: async (ids, about) => {
      opened ??= openChecks({ catalog, flow, options, signal }, io);
      return (await opened).look(ids, about);
    },
  };
  const input = () =>
    reportInput(files.journal().events, catalog, { language: languageOf(options, io), ascii: options.ascii });
  const patience = patienceFor(options.verifyFor);
  const context = input().session.header?.target.context ?? null;
  const parts = { changer, checks, context, patience, signal, now: io.now, input };
  const desk = createFixDesk({ ...parts, record: (happening) => record(files, happening) });
  const close = async () => {
    await changer.close();
    await (await opened?.catch(() => undefined))?.close();
  };
  return { ...desk, patience, close };
};
