import type { AppProps, Draft, Session } from '../props.js';
import { symptomOff, symptoms } from '../symptoms.js';
import { chooseOf, type Talk } from './choose.js';

const field = async ({ words, ask }: Talk, label: string, given: string): Promise<string | null> => {
  const question =
    given === '' ? words('ui.line.field', { label }) : words('ui.line.field-default', { label, value: given });
  const line = await ask(question);
  return line === null ? null : line || given;
};

const symptomFrom = async (talk: Talk, props: AppProps): Promise<string | null> => {
  const { words, say } = talk;
  const { intake } = props;
  if (intake.draft.symptom !== '') return intake.draft.symptom;
  say(words('ui.intake.question'));
  for (const symptom of symptoms) {
    const off = symptomOff(symptom, props);
    if (off) say(words('ui.line.unavailable', { words: words(`ui.symptom.${symptom}`), reason: words(off) }));
  }
  const on = symptoms.filter((symptom) => !symptomOff(symptom, props));
  return chooseOf(
    talk,
    on.map((symptom) => ({
      words: `${words(`ui.symptom.${symptom}`)} (${words(`ui.symptom.${symptom}.hint`)})`,
      value: symptom === 'unknown' ? '' : symptom,
    })),
  );
};

/** The draft with what an error says, where one was chosen; null when nobody answers. */
const withError = async ({ ask, words, say }: Talk, props: AppProps, draft: Draft): Promise<Draft | null> => {
  if (draft.symptom !== 'error-message') return draft;
  const error = await ask(words('ui.line.field', { label: words('ui.intake.error') }));
  if (error === null) return null;
  const read = props.intake.read?.(error, { ...draft, symptom: '' });
  if (!read) return { ...draft, symptom: '' };
  say(read.told);
  return { ...read.draft, error };
};

/** What is broken, or what an error says is. */
const beginDraft = async (talk: Talk, props: AppProps): Promise<Draft | null> => {
  const { draft, told } = props.intake;
  if (told) talk.say(told);
  const symptom = await symptomFrom(talk, props);
  return symptom === null ? null : withError(talk, props, { ...draft, symptom });
};

/** Asks until a session can start. Null when nobody answers. */
export const askDraft = async (talk: Talk, props: AppProps): Promise<Session | null> => {
  const { words, say } = talk;
  const begun = await beginDraft(talk, props);
  if (begun === null) return null;
  let draft: Draft = begun;
  say(words('ui.intake.forms'));
  for (;;) {
    const from = await field(talk, words('ui.intake.from'), draft.from);
    const to = from === null ? null : await field(talk, words('ui.intake.to'), draft.to);
    if (from === null || to === null) return null;
    draft = { ...draft, from, to };
    if (from === '' || to === '') continue;
    const started = await props.intake.start(draft);
    if (typeof started !== 'string') return started;
    say(started);
  }
};
