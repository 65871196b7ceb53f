import { textOnlySentence } from '../../report/fix-words.js';
import type { FixChoice } from '../../report/fixes.js';
import { plain } from '../../report/plain.js';
import { say as phrase } from '../../report/say.js';
import { wrap } from '../../ui/wrap.js';
import { type Io, say } from '../io.js';
import type { Told } from './attended.js';
import { type Proposal, targetOfChange } from './desk.js';
import type { Patience } from './verify.js';
import { planLines } from './without-a-person.js';

const widest = 100;

/** A sentence on as many rows as it needs, each below the first, also behind the number of an entry. */
const rows = (text: string, columns: number): string[] => {
  const [, head = '', rest = ''] = /^( *(?:\d+ +)?)(.*)$/s.exec(text) ?? [];
  const room = columns - head.length - 1;
  return wrap(plain(rest), room).map((row, at) => `${at === 0 ? head : ' '.repeat(head.length)}${row}`);
};

/** Sentences for the plain terminal. */
export const sayLines = async (io: Pick<Io, 'stdout'>, lines: readonly string[]): Promise<void> => {
  const columns = Math.min(io.stdout.columns ?? 80, widest);
  for (const line of lines.flatMap((text) => rows(text, columns))) await say(io.stdout, line);
};

const doubt = ({ input }: Pick<Told, 'input'>, { cause }: FixChoice): string[] => {
  const { certainty } = cause;
  if (certainty === 'certain' || certainty === 'confirmed') return [];
  return [phrase(input, 'fix.doubt', { certainty: phrase(input, `certainty.${certainty}`) })];
};

/** Every way out with how far it reaches and what it changes, or why it stays a text. */
export const listLines = ({ input }: Pick<Told, 'input'>, choices: readonly FixChoice[]): string[] => {
  const [first] = choices;
  if (!first) return [phrase(input, 'fix.no-fault')];
  return [
    phrase(input, 'fix.choices'),
    ...doubt({ input }, first),
    ...choices.flatMap((choice, at) => {
      const { title, severity } = choice.remedy;
      const target = targetOfChange(input, choice);
      const why = textOnlySentence(input, choice) ?? '';
      const reach = phrase(input, `severity.${severity}`);
      const about = target ? phrase(input, 'fix.target', { target }) : phrase(input, 'fix.only-text', { why });
      return [` ${at + 1}  ${title} (${reach})`, `    ${about}`];
    }),
  ];
};

/** The same plan as without a person, and how long it is watched. What is copied, and YAML, is never broken. */
export const sayPlan = async ({ input, io }: Pick<Told, 'input' | 'io'>, proposal: Proposal, patience: Patience) => {
  const { hold, within } = patience;
  const plan = planLines(input, proposal, hold);
  await sayLines(io, [proposal.choice.remedy.effect]);
  for (const line of plan.slice(0, -1)) await say(io.stdout, line);
  await sayLines(io, [...plan.slice(-1), phrase(input, 'fix.watched', { within: Math.round(within / 1000) })]);
};
