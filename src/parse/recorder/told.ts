import type { Facts } from '../../domain/finding.js';
import { chartFact } from '../../domain/series-chart.js';
import { unique } from '../addresses.js';
import { countBy } from '../connect.js';
import { type Account, badOf } from './account.js';
import { hesitations } from './answers.js';
import { chartOf } from './chart.js';
import type { Verdict } from './judge.js';
import { boundPercent } from './sample-size.js';
import { isAnswer } from './series.js';
import { periodOf, signaturesOf } from './signatures.js';

const percent = (share: number) => Math.round(share * 1000) / 10;

/** Where it is the answer that counts, those that were late for no reason of the network as well. */
const wrongIn = (account: Account): number =>
  isAnswer(account.way) ? Math.max(badOf(account), hesitations(account, undefined)) : badOf(account);

/** "10.244.2.7:8080 12/300" */
const counted = (account: Account) => `${account.to} ${wrongIn(account)}/${account.of}`;

const wordsOf = (failing: readonly Account[]) =>
  countBy(
    failing.flatMap(({ moments }) => moments.filter(({ state }) => state !== 'well')),
    ({ state, word }) => (state === 'late' ? 'late' : word),
  );

const mostPorts = 8;

const portsOf = (failing: readonly Account[]) =>
  unique(
    failing.flatMap(({ moments }) =>
      moments.flatMap(({ state, port }) => (state !== 'well' && port > 0 ? [port] : [])),
    ),
  ).slice(0, mostPorts);

const slowestOf = (failing: readonly Account[]) =>
  Math.max(0, ...failing.flatMap(({ moments }) => moments.map(({ ms }) => ms ?? 0)));

const shareOf = (failing: readonly Account[]) => {
  const tries = failing.reduce((sum, { of }) => sum + of, 0);
  const bad = failing.reduce((sum, one) => sum + wrongIn(one), 0);
  return tries === 0 ? 0 : percent(bad / tries);
};

/** What a recording says, in values: who failed and how, who did not, and how sure that is. */
export const recordingFacts = (
  all: readonly Account[],
  { failing, clear }: Pick<Verdict<string>, 'failing' | 'clear'>,
): Facts => {
  const tried = all.filter(({ of }) => of > 0);
  const chart = chartOf(tried);
  const ports = portsOf(failing);
  const [first] = failing;
  const period = first && periodOf(first.moments);
  const tries = tried.reduce((sum, { of }) => sum + of, 0);
  return {
    seconds: chart?.seconds ?? 0,
    tries,
    // Of the way that was tried least: a bound that holds for each of them.
    bound: boundPercent(Math.min(...tried.map(({ of }) => of), tries)),
    failing: failing.map(counted),
    clear: clear.map(counted),
    share: shareOf(failing),
    nodes: unique(failing.map(({ node }) => node).filter((node) => node !== '')),
    pods: unique(failing.map(({ pod }) => pod).filter((pod) => pod !== '')),
    how: wordsOf(failing),
    slowest: slowestOf(failing),
    median: Math.max(0, ...failing.map(({ median }) => median)),
    signs: unique(failing.flatMap(({ way, moments }) => signaturesOf(way, moments))),
    ...(period === undefined ? {} : { period }),
    ...(ports.length > 0 ? { 'source-ports': ports } : {}),
    ...(chart ? { [chartFact]: chart } : {}),
  };
};
