import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { Catalog, CatalogRunbook } from '../catalog/catalog.js';
import { createRedactor, type Redactor } from '../clean/redact.js';
import { sanitise } from '../clean/sanitise.js';
import { EndProblem, readEnd, writeEnd } from '../domain/ends.js';
import type { End } from '../domain/flow.js';
import type { EventData } from '../domain/journal.js';
import type { Language } from '../domain/text.js';
import { runbooksFor } from '../machines/choose-runbook.js';
import type { ErrorDestination } from '../parse/errors/error-destination.js';
import { type ErrorText, readErrorText } from '../parse/errors/error-text.js';
import { type Say, speaker } from '../ui/say.js';
import type { SessionOptions } from './options.js';

type Answer = EventData<'intake.answered'>;

/** What the operator has said already: it stands, whatever the error says. */
export interface Settled {
  readonly symptom?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface ReadMessage extends Settled {
  /** For the journal: the text, what was understood of it, and what that settled. */
  readonly answers: readonly Answer[];
  /** For the operator, in whole sentences. */
  readonly lines: readonly string[];
}

/** What reading an error takes, whoever asks for it. */
export const messageReader = (
  { runbooks, phrases }: Pick<Catalog, 'runbooks' | 'phrases'>,
  language: Language,
  profile: SessionOptions['redact'],
) => ({ runbooks, say: speaker(phrases, language), redactor: createRedactor({ profile, salt: randomBytes(16) }) });

interface Around {
  readonly runbooks: Catalog['runbooks'];
  readonly say: Say;
  readonly redactor: Pick<Redactor, 'text'>;
  readonly namespace: string;
  readonly source: 'flag' | 'prompt';
}

// cart.shop.svc.cluster.local, whatever the domain of the cluster is; web-0.web.shop.svc is a Pod and stays a name.
const inCluster = /^(?<name>[a-z0-9-]+)\.(?<namespace>[a-z0-9-]+)\.svc(?:\.|$)/;

const placeOf = ({ host }: ErrorDestination): string => {
  const { name, namespace } = inCluster.exec(host.toLowerCase())?.groups ?? {};
  if (name !== undefined) return `svc/${namespace}/${name}`;
  const family = isIP(host);
  return family === 0 ? `host/${host}` : `ip/${family === 6 ? `[${host}]` : host}`;
};

const endIn = (text: string | undefined, namespace: string): End | undefined => {
  try {
    return text === undefined || text === '' ? undefined : readEnd(text, namespace);
  } catch (error) {
    // Whoever begins the session says what is wrong with it.
    if (error instanceof EndProblem) return undefined;
    throw error;
  }
};

const destinationIn = ({ destination }: ErrorText, namespace: string): End | undefined =>
  destination &&
  endIn(`${placeOf(destination)}${destination.port === undefined ? '' : `:${destination.port}`}`, namespace);

const takes = (kind: End['kind'], books: readonly (CatalogRunbook | undefined)[]) =>
  books.some((book) => book?.flow.to.includes(kind));

/** The runbooks that may come of it: the one that is meant, or all that two ends alone can lead to. */
const booksOf = (symptom: string | undefined, { runbooks }: Around) =>
  symptom === undefined ? Object.values(runbooks).filter(({ onlyByName }) => !onlyByName) : [runbooks[symptom]];

const fits = (symptom: string, { from, to }: Settled, { runbooks, namespace }: Around): boolean => {
  const [source, destination] = [endIn(from, namespace), endIn(to, namespace)];
  if (destination && !runbooks[symptom]?.flow.to.includes(destination.kind)) return false;
  if (!source || !destination) return true;
  return runbooksFor({ from: source, to: destination }, runbooks).some(({ id }) => id === symptom);
};

interface Chosen {
  readonly symptom?: string | undefined;
  readonly line: string;
}

const choose = (read: ErrorText, given: Settled, around: Around): Chosen => {
  const { say } = around;
  const [symptom, another] = read.symptoms;
  const words = [...new Set(read.matched.map((match) => match.words))].slice(0, 5);
  if (words.length === 0) return { line: say('commands.error.unknown') };
  if (given.symptom) return { line: say('commands.error.overruled', { words, symptom: given.symptom }) };
  if (symptom === undefined) return { line: say('commands.error.ends', { words }) };
  if (another !== undefined) return { line: say('commands.error.ambiguous', { words, symptoms: [...read.symptoms] }) };
  if (!fits(symptom, given, around)) return { line: say('commands.error.misfit', { words, symptom }) };
  return { symptom, line: say('commands.error.chosen', { words, symptom }) };
};

/** The only source that some runbooks know is where the error comes from. */
const sourceOf = (symptom: string | undefined, { runbooks }: Around) => {
  const sources = (symptom === undefined ? undefined : runbooks[symptom])?.flow.from ?? [];
  return sources.length === 1 && sources[0] === 'control-plane' ? 'control-plane' : undefined;
};

/** Where it was to go, as far as what is meant looks into such an end. */
const endOf = (read: ErrorText, symptom: string | undefined, around: Around): string | undefined => {
  const named = read.matched.length > 0 ? destinationIn(read, around.namespace) : undefined;
  return named && takes(named.kind, booksOf(symptom, around)) ? writeEnd(named) : undefined;
};

/** Reads a pasted error: what it settles of what the operator has left open. An error that says two things settles nothing. */
export const readMessage = (pasted: string, given: Settled, around: Around): ReadMessage => {
  const { say, source, redactor } = around;
  const text = redactor.text(sanitise(pasted, { total: 16_384 })).trim();
  const read = readErrorText(text);
  const { symptom, line } = choose(read, given, around);
  const end = given.to ? undefined : endOf(read, symptom ?? given.symptom, around);
  const from = given.from ? undefined : sourceOf(symptom, around);
  const found = (question: string, answer: string | undefined): Answer[] =>
    answer === undefined ? [] : [{ question, answer, source: 'detected' }];
  return {
    ...{ symptom: symptom ?? given.symptom, from: from ?? given.from, to: end ?? given.to },
    answers: [
      { question: 'error', answer: text, source },
      ...read.matched.flatMap(({ sign, words }) => found(`error says ${sign}`, words)),
      ...[...found('symptom', symptom), ...found('from', from), ...found('to', end)],
    ],
    lines: [line, ...(end === undefined ? [] : [say('commands.error.destination', { to: end })])],
  };
};
