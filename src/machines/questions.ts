import { type Asked, answerMeant } from '../domain/asked.js';
import type { WalkEvent } from './walk-context.js';

/** What the way to the cluster wants of the operator, outside of the tree. */
export interface Question {
  /** In the words of the journal. */
  readonly about: string;
  readonly question: Asked;
}

/** `undefined` where nobody answers. */
export type AskOperator = (question: Question) => Promise<string | undefined>;

interface Waiting extends PromiseWithResolvers<string | undefined> {
  readonly question: Question;
  shownAt?: number;
}

/** Milliseconds: what was typed or pasted when a question appeared is no answer to it. */
const unread = 400;

const isRead = ({ shownAt = Number.POSITIVE_INFINITY }: Waiting) => performance.now() - shownAt >= unread;

/** Questions that came up on the way to an answer, one after the other. */
export const createQuestions = ({
  changed,
  answered,
}: {
  changed(): void;
  answered(question: Question, answer: string): void;
}) => {
  const waiting: Waiting[] = [];
  const ask: AskOperator = (question) => {
    const one = { ...Promise.withResolvers<string | undefined>(), question };
    waiting.push(one);
    changed();
    return one.promise;
  };
  return {
    ask,
    /** The one to be shown now. */
    first(): Question | undefined {
      const [one] = waiting;
      if (one) one.shownAt ??= performance.now();
      return one?.question;
    },
    /** True where it was the answer to one of these, and not for the walk. */
    take(event: WalkEvent): boolean {
      const [one] = waiting;
      if (!one || (event.type !== 'ANSWER' && event.type !== 'SKIP')) return false;
      const answer = event.type === 'ANSWER' ? answerMeant(one.question.question, event.answer) : undefined;
      if (event.type === 'ANSWER' && (answer === undefined || !isRead(one))) return true;
      waiting.shift();
      if (answer !== undefined) answered(one.question, answer);
      one.resolve(answer);
      changed();
      return true;
    },
    /** Aborted after so many milliseconds. Nobody has to think fast: a question starts the time anew. */
    limit(ms: number): AbortSignal {
      const over = new AbortController();
      const arm = () => {
        const timer = setTimeout(() => {
          const [one] = waiting;
          if (one) void one.promise.then(arm);
          else over.abort(new DOMException('The time is over.', 'TimeoutError'));
        }, ms);
        timer.unref();
      };
      arm();
      return over.signal;
    },
  };
};
export type Questions = ReturnType<typeof createQuestions>;
