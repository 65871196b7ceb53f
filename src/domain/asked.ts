import type { AskNode } from './runbook.js';

/** What is put to the operator. */
export interface Asked extends Pick<AskNode, 'ask' | 'answers'> {
  /** The answer that no key gives: the name of what it is about has to be typed for it. */
  readonly typed?: { readonly answer: string; readonly name: string };
}

// No answer has a blank in its word, so none is given by a name.
/** What is sent where a name was typed. */
export const typedName = (name: string): string => `typed ${name}`;

/** The answer that something sent stands for; `undefined` where it is none. */
export const answerMeant = ({ answers, typed }: Asked, sent: string): string | undefined => {
  if (typed && sent === typedName(typed.name)) return typed.answer;
  return sent !== typed?.answer && Object.hasOwn(answers, sent) ? sent : undefined;
};
