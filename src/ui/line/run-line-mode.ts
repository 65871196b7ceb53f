import type { Readable, Writable } from 'node:stream';
import { endsOf } from '../facts.js';
import type { AppProps, Session } from '../props.js';
import { speaker } from '../say.js';
import { initialState } from '../state.js';
import type { View } from '../view.js';
import { askDraft } from './ask-draft.js';
import { createAsker } from './asker.js';
import type { Talk } from './choose.js';
import { verdictLines } from './detail-lines.js';
import { answerMenu, reviewMenu, type Talking, verdictMenu } from './menus.js';
import { narrate, nothingTold } from './narrate.js';

export interface LineProps extends Omit<AppProps, 'actions'> {
  readonly actions: Pick<AppProps['actions'], 'copy' | 'export' | 'fix' | 'goOn'>;
  /** All up to the verdict was told before; only what can be done is asked. */
  readonly seen?: boolean;
  readonly input: Readable | NodeJS.ReadableStream;
  readonly output: Writable | NodeJS.WritableStream;
}

const lookAgainMs = 1000;

/** Something rings when the session changes, when somebody types, and once a second for the heartbeat. */
const createBell = (session: Session) => {
  let ring: () => void = () => undefined;
  const listen = () => ring();
  const forget = session.subscribe(listen);
  const timer = setInterval(listen, lookAgainMs);
  return {
    ring: listen,
    next: () =>
      new Promise<void>((resolve) => {
        ring = resolve;
      }),
    release() {
      clearInterval(timer);
      forget();
    },
  };
};

const greet = ({ say, words }: Talk, { header }: LineProps) => {
  say(
    words('ui.line.session', {
      context: header.context ?? words('ui.no-context'),
      namespace: header.namespace,
      level: words(`ui.level.${header.level}`),
    }),
  );
  if (header.marked) say(words('ui.line.marked'));
  if (header.mode !== 'live') say(words(`ui.mode.${header.mode}`));
  if (header.synthetic) say(words('ui.line.synthetic'));
};

const commands: Readonly<Record<string, (session: Session) => void>> = {
  p: (session) => session.send({ type: session.look().paused ? 'RESUME' : 'PAUSE' }),
  s: (session) => session.send({ type: 'SKIP' }),
};

/** Tells the walk line by line, and asks where the walk waits. */
const follow = async (talking: Talking): Promise<void> => {
  const { talk, session, view } = talking;
  const bell = createBell(session);
  let told = nothingTold;
  let hasLeft = false;
  talk.onTyped((line) => {
    if (line === 'q') hasLeft = true;
    else commands[line]?.(session);
    bell.ring();
  });
  try {
    while (!hasLeft) {
      const next = narrate(view(), told);
      told = next.told;
      for (const line of next.lines) talk.say(line);
      const look = session.look();
      if (look.phase === 'judged' || look.phase === 'over') return;
      if (look.asking) hasLeft = !(await answerMenu(talking));
      else if (look.reviewing) hasLeft = !(await reviewMenu(talking));
      else await bell.next();
    }
  } finally {
    bell.release();
  }
};

const conclude = async (talking: Talking, seen: boolean) => {
  const { talk, session, view } = talking;
  const { failure, verdict } = session.look();
  if (failure) talk.say(failure.message);
  if (!verdict) return;
  if (!seen) for (const line of verdictLines(view())) talk.say(line);
  while (await verdictMenu(talking));
};

/** The whole program in words, one line after the other, on plain streams. Answers with the exit code the operator chose, if any. */
export const runLineMode = async (line: LineProps): Promise<number | undefined> => {
  const props: AppProps = { ...line, actions: { ...line.actions, quit: () => undefined } };
  const words = speaker(props.catalog.phrases, props.language);
  const talk: Talk = { ...createAsker(line.input, line.output), words };
  try {
    if (!line.seen) greet(talk, line);
    const session = props.session ?? (await askDraft(talk, props));
    if (!session) return undefined;
    const ui = initialState(props.intake);
    const view = (): View => ({
      ...props,
      say: words,
      look: session.look(),
      ui,
      size: { columns: 80, rows: 24 },
      now: props.now(),
    });
    const talking: Talking = { talk, session, props, view };
    if (!line.seen) {
      talk.say(words('ui.line.flow', endsOf(session.look())));
      talk.say(words('ui.line.while-running'));
      await follow(talking);
    }
    await conclude(talking, line.seen === true);
    return undefined;
  } finally {
    talk.close();
  }
};
