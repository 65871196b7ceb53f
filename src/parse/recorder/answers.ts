import { type Account, isClearOf } from './account.js';
import { quantile } from './quantile.js';

const longest = 1000;
const uneven = 4;

/** Opened, and then nothing came: whoever serves does not answer, and every packet has arrived. */
const serverWords = new Set(['silent', 'empty', 'reset']);

// Of a server that stands still most of the time, even the median is not what it is able to.
const able = 0.1;

/**
 * The answers that a connect of the same moment does not explain: far longer than the quickest tenth, in a series
 * whose connects are quick. A server that is slow every time is slow by nature, and a busy machine delays connects, too.
 */
export const hesitations = (answers: Account, connects: Account | undefined): number => {
  const quickest = quantile(
    answers.moments.flatMap(({ ms, state }) => (ms === null || state === 'failed' ? [] : [ms])),
    able,
  );
  const usual = Math.max(quickest * uneven, longest + 2 * (connects?.p95 ?? 0));
  const silent = answers.moments.filter(({ state, word }) => state === 'failed' && serverWords.has(word)).length;
  return silent + answers.moments.filter(({ state, ms }) => state === 'well' && (ms ?? 0) >= usual).length;
};

/** Connections that somebody ended with a reset after they had opened: it need not be the server. */
const resets = ({ moments }: Account): number =>
  moments.filter(({ state, word }) => state === 'failed' && word === 'reset').length;

/** Most of what went wrong with these answers are resets. */
export const isReset = (answers: readonly Account[]): boolean => {
  const wrong = answers.reduce((sum, one) => sum + hesitations(one, undefined), 0);
  return answers.reduce((sum, one) => sum + resets(one), 0) * 2 > wrong;
};

/** The connects to where these answers come from. */
export const connectsTo = (all: readonly Account[], { way, to }: Account): Account | undefined =>
  all.find((one) => one.way === (way === 'answer' ? 'endpoint' : 'service') && one.to === to);

// One slow answer is one of many reasons.
const habit = 2;

export const isHesitant = (all: readonly Account[], answers: Account): boolean => {
  const connects = connectsTo(all, answers);
  const count = hesitations(answers, connects);
  return count >= habit && (connects === undefined || isClearOf(connects, Math.max(count / answers.of, 0.01)));
};
