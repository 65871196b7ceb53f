import type { AppProps, Draft, Session } from '../props.js';
import { symptomOff, symptoms } from '../symptoms.js';
import { chooseOf, type Talk } from './choose.js';

const field = async ({ words, ask }: Talk, label: string, given: string): Promise<string | null> => {
  const question =
    given === '' ? words('ui.line.field', { label }) : words('ui.line.field-default', { label, value: given });
  const line = await ask(question);
  return line === null ? null : line || given;
};

const symptomFrom = async (talk: Talk, { catalog, intake }: AppProps): Promise<string | null> => {
  const { words, say } = talk;
  if (intake.draft.symptom !== '') return intake.draft.symptom;
  say(words('ui.intake.question'));
  for (const symptom of symptoms) {
    const off = symptomOff(symptom, catalog);
    if (off) say(words('ui.line.unavailable', { words: words(`ui.symptom.${symptom}`), reason: words(off) }));
  }
  const on = symptoms.filter((symptom) => !symptomOff(symptom, catalog));
  return chooseOf(
    talk,
    on.map((symptom) => ({
      words: `${words(`ui.symptom.${symptom}`)} (${words(`ui.symptom.${symptom}.hint`)})`,
      value: symptom === 'unknown' ? '' : symptom,
    })),
  );
};

/** Asks until a session can start. Null when nobody answers. */
export const askDraft = async (talk: Talk, props: AppProps): Promise<Session | null> => {
  const { words, say } = talk;
  const symptom = await symptomFrom(talk, props);
  if (symptom === null) return null;
  let draft: Draft = { ...props.intake.draft, symptom };
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
