import type { Change } from '../../change/change.js';
import { targetOf } from '../../change/change.js';
import { type CarriedOut, ChangeRefused, type Changer, type Prepared } from '../../change/changer.js';
import type { Finding } from '../../domain/finding.js';
import type { ChangedObject, FixData, Undo } from '../../domain/fix.js';
import type { Happening } from '../../domain/journal.js';
import type { ReportInput } from '../../report/catalog.js';
import type { FixChoice } from '../../report/fixes.js';
import { whatFails } from '../../verdict/what-fails.js';
import type { Checks } from '../checks.js';
import { confirmedVerdict } from './confirmed-verdict.js';
import { type Patience, type Progress, tells, verify } from './verify.js';

export interface DeskParts {
  readonly changer: Changer;
  readonly checks: Pick<Checks, 'look'>;
  readonly context: string | null;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** The session so far, folded anew at every call. */
  readonly input: () => ReportInput;
  readonly record: (happening: Happening) => void;
}

export interface Proposal {
  readonly target: string;
  readonly choice: FixChoice;
  readonly prepared: Prepared;
  /** What the checks said just before. */
  readonly before: readonly Finding[];
}

export interface Refused {
  readonly target: string;
  readonly refused: ChangeRefused;
}
export const isRefused = <T extends object>(result: T | Refused): result is Refused => 'refused' in result;

export interface Outcome {
  readonly target: string;
  readonly carriedOut: CarriedOut;
  readonly verified: Omit<FixData<'fix.verified'>, 'target'>;
}

export interface Yes {
  readonly source: 'flag' | 'prompt';
  /** What was typed, where more than a letter was asked for. */
  readonly typed: string | null;
}

export interface FixDesk {
  /** Works out the change, and looks at what has to be better afterwards. */
  propose(choice: FixChoice): Promise<Proposal | Refused>;
  decline(proposal: Proposal, yes: Yes): void;
  /** Makes the change and watches whether it helps. */
  carryOut(proposal: Proposal, yes: Yes, onLook?: (progress: Progress) => void): Promise<Outcome | Refused>;
  putBack(target: string, undo: Undo, source: Yes['source']): Promise<Refused | { readonly done: true }>;
  keep(target: string, source: Yes['source']): void;
}

const objectOf = (change: Change): ChangedObject => {
  if (change.do !== 'delete-pod') return change.object;
  const { namespace, pod } = change;
  return { kind: 'pods', namespace, name: 'name' in pod ? pod.name : `${pod.labels}@${pod.node}` };
};

/** What a person names to change it; nothing where a fix is a text. */
export const targetOfChange = ({ session }: Pick<ReportInput, 'session'>, { read }: Pick<FixChoice, 'read'>) =>
  'change' in read ? targetOf(session.header?.target.context ?? null, objectOf(read.change)) : undefined;

const refusalOf = (error: unknown): ChangeRefused => {
  if (error instanceof ChangeRefused) return error;
  throw error;
};

/** The checks that have to be repeated: those of the remedy, and those that showed the trouble. */
const checksFor = ({ cause, remedy }: FixChoice, { session, catalog }: ReportInput) => {
  const { findings } = session;
  const grounds = cause.grounds.map(({ check }) => check);
  return [...new Set([...remedy.verify, ...whatFails({ findings, elimination: catalog.elimination }, grounds)])];
};

/** What the journal says first of a fix. */
const proposed = (
  { cause, remedy, title }: FixChoice,
  object: ChangedObject,
  { context, record }: Pick<DeskParts, 'context' | 'record'>,
): string => {
  const target = targetOf(context, object);
  const { command, severity } = remedy;
  record({ type: 'fix.proposed', actor: 'tool', data: { target, cause: cause.id, title, command, severity, object } });
  return target;
};

/** Where no check could tell that it helps. */
const pointless = (before: readonly Finding[]): ChangeRefused | undefined => {
  if (tells(before)) return undefined;
  const works = before.length > 0 && before.every(({ result }) => result === 'pass');
  return new ChangeRefused(works ? 'works-already' : 'cannot-verify', before.map(({ check }) => check).join(', '));
};

/** Where a fix is worked out, made, watched and put back; every step is in the journal before the next one begins. */
export const createFixDesk = (parts: DeskParts): FixDesk => {
  const { changer, checks, signal, record } = parts;

  const refuse = (target: string, during: FixData<'fix.refused'>['during'], refused: ChangeRefused): Refused => {
    const { code, message } = refused;
    record({ type: 'fix.refused', actor: 'tool', data: { target, during, code, message } });
    return { target, refused };
  };

  return {
    async propose(choice) {
      if (!('change' in choice.read)) throw new Error('a remedy that is text only is never proposed');
      const { change } = choice.read;
      const prepared = await changer.prepare(change, signal).catch(refusalOf);
      const isPrepared = !(prepared instanceof ChangeRefused);
      const target = proposed(choice, isPrepared ? prepared.object : objectOf(change), parts);
      if (!isPrepared) return refuse(target, 'preview', prepared);
      const { undo, resourceVersion } = prepared;
      const data = { target, diff: [...prepared.diff], undo, resourceVersion };
      record({ type: 'fix.previewed', actor: 'tool', data });
      const before = await checks.look(checksFor(choice, parts.input()), { run: 1, fresh: true });
      const refused = pointless(before);
      return refused ? refuse(target, 'preview', refused) : { target, choice, prepared, before };
    },
    decline({ target }, { source, typed }) {
      record({ type: 'fix.confirmed', actor: 'operator', data: { target, given: false, source, typed } });
    },
    async carryOut({ target, choice, prepared, before }, { source, typed }, onLook) {
      record({ type: 'fix.confirmed', actor: 'operator', data: { target, given: true, source, typed } });
      const carriedOut = await changer.carryOut(prepared, signal).catch(refusalOf);
      if (carriedOut instanceof ChangeRefused) return refuse(target, 'change', carriedOut);
      const { state, undo } = carriedOut;
      const resourceVersion = { before: prepared.resourceVersion, after: carriedOut.resourceVersion };
      record({ type: 'fix.applied', actor: 'tool', data: { target, state, resourceVersion, undo } });
      const { patience, now } = parts;
      const verified = await verify({ checks, before, patience, signal, now, onLook });
      record({ type: 'fix.verified', actor: 'tool', data: { target, ...verified } });
      const { verdict } = parts.input().session;
      // Only a change that is known to have been made can have confirmed anything.
      if (verified.outcome === 'held' && state === 'applied' && verdict)
        record({ type: 'verdict', actor: 'tool', data: confirmedVerdict(verdict, choice.cause.id) });
      return { target, carriedOut, verified };
    },
    async putBack(target, undo, source) {
      // Whoever gives up in the middle of it would leave it half way.
      const result = await changer.undo(undo, AbortSignal.timeout(30_000)).catch(refusalOf);
      if (result instanceof ChangeRefused) return refuse(target, 'undo', result);
      record({ type: 'fix.undone', actor: 'operator', data: { target, done: true, source, ...result } });
      return { done: true };
    },
    keep(target, source) {
      record({ type: 'fix.undone', actor: 'operator', data: { target, done: false, source, resourceVersion: null } });
    },
  };
};
