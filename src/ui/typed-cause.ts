import { whyCandidates } from '../report/why.js';
import { reportInput } from './facts.js';
import type { View } from './view.js';

const lastWord = /\s(\S+)\s*$/;
const onlyNumber = /^[1-9]\d{0,2}$/;

/**
 * The cause that is named after a command, as in `why-not SVC-01`, or by its number in the list of candidates; nothing
 * where the last word is neither.
 */
export const typedCause = (view: View): string | undefined => {
  const word = lastWord.exec(view.ui.field?.value ?? '')?.[1]?.toUpperCase();
  if (word === undefined) return undefined;
  if (onlyNumber.test(word)) return view.look ? whyCandidates(reportInput(view))[Number(word) - 1] : undefined;
  return Object.hasOwn(view.catalog.causes, word) ? word : undefined;
};

/** What was typed, without the number or the cause at its end. */
export const typedCommand = (view: View): string => {
  const typed = view.ui.field?.value ?? '';
  const isArgument = /\s\d+\s*$/.test(typed) || typedCause(view) !== undefined;
  return (isArgument ? typed.replace(lastWord, '') : typed).trim();
};
