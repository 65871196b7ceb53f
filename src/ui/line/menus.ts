import { typedName } from '../../domain/asked.js';
import { plainIndented } from '../../report/plain.js';
import { goOnBook } from '../../report/residual.js';
import { whyLines } from '../../report/why.js';
import { reportInput } from '../facts.js';
import { overrideItems } from '../overlays/dialogs.js';
import type { AppProps, Session } from '../props.js';
import { remediesShown } from '../screens/remedy.js';
import { subjectOf } from '../subject.js';
import { summary } from '../summary.js';
import type { View } from '../view.js';
import { type Choice, chooseOf, type Talk } from './choose.js';
import { evidenceLines, explainLines, remedyLines } from './detail-lines.js';

export interface Talking {
  readonly talk: Talk;
  readonly session: Session;
  readonly props: AppProps;
  view(): View;
}

/** False when nobody answers any more. */
type Menu = (talking: Talking) => Promise<boolean>;

const sayAll = ({ talk }: Talking, lines: readonly string[]) => {
  for (const line of lines) talk.say(line);
};

/** The name of what the answer is about is typed for it; anything else leaves the question where it was. */
const confirm = async ({ talk, session }: Pick<Talking, 'talk' | 'session'>, name: string) => {
  const { words, ask, say } = talk;
  say(words('ui.confirm.hint', { name }));
  const line = await ask(words('ui.line.field', { label: words('ui.confirm.label') }));
  if (line === null) return false;
  if (line === name) session.send({ type: 'ANSWER', answer: typedName(name) });
  else say(words('ui.confirm.differs'));
  return true;
};

/** A question of the runbook. */
export const answerMenu: Menu = async ({ talk, session, props }) => {
  const asking = session.look().asking;
  if (!asking) return true;
  const { words } = talk;
  talk.say(asking.question.ask[props.language]);
  const choices: Choice<string>[] = [
    { words: words('ui.line.no-answer'), value: '' },
    ...Object.entries(asking.question.answers).map(([value, phrase]) => ({ words: phrase[props.language], value })),
  ];
  const answer = await chooseOf(talk, choices);
  if (answer === null) return false;
  const { typed } = asking.question;
  if (answer === typed?.answer) return confirm({ talk, session }, typed.name);
  session.send(answer === '' ? { type: 'SKIP' } : { type: 'ANSWER', answer });
  return true;
};

const override: Menu = async ({ talk, session, view }) => {
  const outcome = await chooseOf(
    talk,
    overrideItems(view()).map((item) => ({ words: item, value: item })),
  );
  if (outcome === null) return false;
  const reason = await talk.ask(talk.words('ui.line.field', { label: talk.words('ui.override.reason') }));
  if (reason === null) return false;
  if (reason === '') talk.say(talk.words('ui.override.required'));
  else session.send({ type: 'OVERRIDE', outcome, reason });
  return true;
};

const sent =
  (type: 'NEXT' | 'RERUN' | 'BACK'): Menu =>
  async ({ session }) => {
    session.send({ type });
    return true;
  };

const told =
  (lines: (view: View, subject: NonNullable<ReturnType<typeof subjectOf>>) => string[]): Menu =>
  async (talking) => {
    const subject = subjectOf(talking.view());
    if (subject) sayAll(talking, lines(talking.view(), subject));
    return true;
  };

const toldAll =
  (lines: () => readonly string[]): Menu =>
  async (talking) => {
    sayAll(talking, lines());
    return true;
  };

const stop: Menu = async ({ session }) => {
  session.stop();
  return true;
};

const resume: Menu = async ({ session }) => {
  session.send({ type: 'PACE', pace: 'auto' });
  session.send({ type: 'RESUME' });
  session.send({ type: 'NEXT' });
  return true;
};

/** A result waits for the operator. */
export const reviewMenu: Menu = async (talking) => {
  const { talk, session } = talking;
  const { words } = talk;
  const choices: Choice<Menu>[] = [
    { words: words('ui.line.continue'), value: sent('NEXT') },
    { words: words('ui.line.override'), value: override },
    { words: words('ui.line.explain'), value: told(explainLines) },
    { words: words('ui.line.evidence'), value: told(evidenceLines) },
    { words: words('ui.line.rerun'), value: sent('RERUN') },
    ...(session.look().canGoBack ? [{ words: words('ui.line.back'), value: sent('BACK') }] : []),
    { words: words('ui.line.resume'), value: resume },
    { words: words('ui.line.stop'), value: stop },
  ];
  const chosen = await chooseOf(talk, choices);
  return chosen === null ? false : chosen(talking);
};

const exported: Menu = async ({ talk, props }) => {
  const { words } = talk;
  try {
    talk.say(words('ui.toast.exported', { path: await props.actions.export() }));
  } catch (error) {
    talk.say(words('ui.toast.not-exported', { reason: error instanceof Error ? error.message : String(error) }));
  }
  return true;
};

const leaveForFix: Menu = async ({ props }) => {
  props.actions.fix?.();
  return false;
};

const goingOn =
  (runbook: string): Menu =>
  async ({ props }) => {
    props.actions.goOn?.(runbook);
    return false;
  };

/** Nothing is offered where the verdict explains all that was seen. */
const furtherChoices = ({ view, props, talk: { words } }: Talking): Choice<Menu>[] => {
  const runbook = props.actions.goOn && goOnBook(reportInput(view()));
  return runbook === undefined ? [] : [{ words: words('ui.line.go-on', { runbook }), value: goingOn(runbook) }];
};

/** After the verdict. Answers false when the operator leaves. */
export const verdictMenu: Menu = async (talking) => {
  const { talk, view, props } = talking;
  const { words } = talk;
  const choices: Choice<Menu>[] = [
    { words: words('ui.line.leave'), value: async () => false },
    { words: words('ui.line.summary'), value: toldAll(() => summary(view()).split('\n')) },
    { words: words('ui.line.export'), value: exported },
    ...remediesShown(view()).map(({ title }, at) => ({
      words: words('ui.line.remedy', { title }),
      value: toldAll(() => remedyLines(view(), at)),
    })),
    ...(props.actions.fix && remediesShown(view()).length > 0
      ? [{ words: words('ui.line.fix'), value: leaveForFix }]
      : []),
    ...furtherChoices(talking),
    { words: words('ui.line.because'), value: toldAll(() => whyLines(reportInput(view())).map(plainIndented)) },
  ];
  const chosen = await chooseOf(talk, choices);
  return chosen === null ? false : chosen(talking);
};
