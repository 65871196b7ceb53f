import { styleText } from 'node:util';
import { NoSuchEnd } from '../../policy/ends/targets.js';
import { evaluate, type FlowAnswer, type Pair } from '../../policy/flow/evaluate.js';
import { reason } from '../../policy/model/match.js';
import { smallestChange } from '../../policy/remedy/smallest-change.js';
import { exitCodes, type Io, say, UsageProblem } from '../io.js';
import { answerDocument } from './answer-document.js';
import { explained, told } from './answer-text.js';
import { nearText } from './near-text.js';
import type { PolicyOptions } from './options.js';
import { questionOf } from './question.js';
import { type Input, readInput } from './read-input.js';
import { type Resources, writeProblem } from './resources.js';
import { sayProblems } from './say-problems.js';

const codes = { allowed: exitCodes.done, denied: exitCodes.fault, unknown: exitCodes.inconclusive } as const;

/** A cluster is read as far as the flow goes. */
const liveRemarks = ({ live }: Input) => (live ? [reason('read-in-namespaces', { namespaces: live.join(', ') })] : []);

const answerTo = (input: Input): FlowAnswer => {
  try {
    const answer = evaluate(input.resources, questionOf(input.options));
    return { ...answer, remarks: [...answer.remarks, ...liveRemarks(input)] };
  } catch (error) {
    if (error instanceof NoSuchEnd) throw new UsageProblem(error.message);
    throw error;
  }
};

const deniedIn = ({ pairs }: FlowAnswer) => pairs.find(({ answer }) => answer === 'denied');

const changesFor = (denied: Pair | undefined, resources: Resources) =>
  denied ? smallestChange(denied, resources) : [];

/** `policy eval`: is this flow allowed, and what decides. */
export const evalPolicy = async (asked: PolicyOptions, io: Io): Promise<number> => {
  const input = await readInput(asked, io);
  const { resources } = input;
  const answer = answerTo(input);
  const { language, output } = asked;
  if (output === 'json') {
    const document = {
      ...answerDocument(answer, resources.whereIs, language),
      change: changesFor(deniedIn(answer), resources),
      problems: resources.problems.map((problem) => writeProblem(resources, problem)),
    };
    await say(io.stdout, JSON.stringify(document));
  } else {
    await sayProblems(resources, io, language);
    await say(io.stdout, told(answer, language).join('\n'));
  }
  return codes[answer.answer];
};

/** Bold, where somebody looks at a terminal that shows it. */
const emphasisOn = ({ stdout, env }: Io) => {
  const shows = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return (text: string) => (shows ? styleText('bold', text, { validateStream: false }) : text);
};

/** `policy explain`: the same, step by step, with the change that would allow it. */
export const explainPolicy = async (asked: PolicyOptions, io: Io): Promise<number> => {
  if (asked.output === 'json') return evalPolicy(asked, io);
  const input = await readInput(asked, io);
  const { resources } = input;
  const answer = answerTo(input);
  await sayProblems(resources, io, asked.language);
  const denied = deniedIn(answer);
  const near = denied ? nearText(denied, resources, asked.language) : [];
  const around = { resources, language: asked.language, emphasis: emphasisOn(io) };
  await say(io.stdout, explained(answer, { near, changes: changesFor(denied, resources) }, around).join('\n'));
  return codes[answer.answer];
};
