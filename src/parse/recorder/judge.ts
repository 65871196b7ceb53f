import { unique } from '../addresses.js';
import { type Account, badOf, isBad, isClearOf, neverWell } from './account.js';
import { hesitations, isHesitant, isReset } from './answers.js';
import { wouldShow } from './sample-size.js';
import { isAnswer, type Way } from './series.js';

export const recordingOutcomes = {
  holds: 'pass',
  once: 'warn',
  'never-answers': 'fail',
  'one-node': 'fail',
  'some-endpoints': 'fail',
  'every-endpoint': 'fail',
  'only-the-service-address': 'fail',
  'some-hesitate': 'fail',
  'all-hesitate': 'fail',
  resets: 'fail',
  'only-the-name': 'fail',
  'too-few': 'unsure',
  'nothing-recorded': 'unsure',
} as const;
export type RecordingOutcome = keyof typeof recordingOutcomes;

/** A word, the series that show it, and those that were tried as often and do not. */
export interface Verdict<O extends string = RecordingOutcome> {
  readonly outcome: O;
  readonly failing: readonly Account[];
  readonly clear: readonly Account[];
}

interface Sorted {
  readonly all: readonly Account[];
  of(way: Way): readonly Account[];
}

const worstShare = (accounts: readonly Account[]) => Math.max(0, ...accounts.map(({ share }) => share));

export const clearAmong = (accounts: readonly Account[], failing: readonly Account[]) =>
  accounts.filter((one) => !failing.includes(one) && isClearOf(one, worstShare(failing)));

const verdict = (outcome: RecordingOutcome, failing: readonly Account[], clear: readonly Account[] = []): Verdict => ({
  ...{ outcome, failing, clear },
});

/** Several endpoints of one Node, all of them and no others: it is the Node, and not one server. */
const isOneNode = (failing: readonly Account[], all: readonly Account[]): boolean => {
  const nodes = unique(failing.map(({ node }) => node));
  const there = all.filter(({ node }) => node === nodes[0]);
  return nodes.length === 1 && nodes[0] !== '' && failing.length > 1 && there.length === failing.length;
};

const ofEndpoints = ({ of }: Sorted): Verdict | undefined => {
  const endpoints = of('endpoint');
  const failing = endpoints.filter(isBad);
  if (failing.length === 0) return undefined;
  const clear = clearAmong(endpoints, failing);
  if (clear.length + failing.length < endpoints.length) return verdict('too-few', failing, clear);
  if (clear.length === 0) return verdict('every-endpoint', failing);
  return verdict(isOneNode(failing, endpoints) ? 'one-node' : 'some-endpoints', failing, clear);
};

/** A longer way fails where the shorter one, tried as often, does not. */
const onlyOn = (
  { of }: Sorted,
  [longer, shorter]: readonly [Way, Way],
  outcome: RecordingOutcome,
): Verdict | undefined => {
  const failing = of(longer).filter(isBad);
  if (failing.length === 0) return undefined;
  const before = of(shorter);
  const clear = clearAmong(before, failing);
  const isContrast = before.length > 0 && clear.length === before.length;
  return verdict(isContrast ? outcome : 'too-few', failing, clear);
};

const ofAnswers = ({ all, of }: Sorted): Verdict | undefined => {
  const answers = of('answer');
  const failing = answers.filter((one) => isHesitant(all, one));
  if (failing.length > 0) {
    const others = answers.filter((one) => !failing.includes(one));
    if (isReset(failing)) return verdict('resets', failing, others);
    return verdict(others.length > 0 ? 'some-hesitate' : 'all-hesitate', failing, others);
  }
  const service = of('service-answer').filter((one) => isHesitant(all, one));
  if (service.length === 0) return undefined;
  if (answers.length === 0) return verdict(isReset(service) ? 'resets' : 'all-hesitate', service);
  const share = Math.max(...service.map((one) => hesitations(one, undefined) / one.of));
  return verdict(
    answers.every(({ of }) => wouldShow(of, share)) ? 'only-the-service-address' : 'too-few',
    service,
    answers,
  );
};

const ofWhole = ({ of }: Sorted): Verdict | undefined => {
  const connects = [...of('endpoint'), ...of('service')].filter((one) => one.of > 0);
  if (connects.length === 0) return verdict('nothing-recorded', []);
  return connects.every(neverWell) ? verdict('never-answers', connects) : undefined;
};

/** The smallest way that shows it names the layer; nothing is said of a way that was tried too seldom to tell. */
export const judgeRecording = (accounts: readonly Account[]): Verdict => {
  const sorted: Sorted = { all: accounts, of: (way) => accounts.filter((one) => one.way === way && one.of > 0) };
  const found =
    ofWhole(sorted) ??
    ofEndpoints(sorted) ??
    onlyOn(sorted, ['service', 'endpoint'], 'only-the-service-address') ??
    ofAnswers(sorted) ??
    onlyOn(sorted, ['name', 'service'], 'only-the-name');
  if (found) return found;
  const seldom = accounts.filter((one) => badOf(one) > 0 && !isAnswer(one.way));
  return verdict(seldom.length > 0 ? 'once' : 'holds', seldom, sorted.all);
};
