import { type Account, badOf, isBad } from './account.js';
import { clearAmong, type Verdict } from './judge.js';
import type { Way } from './series.js';

export const nodeRecordingOutcomes = {
  hold: 'pass',
  once: 'warn',
  'nodes-lose': 'fail',
  'also-from-the-node': 'fail',
  'only-from-the-pod': 'fail',
  'too-few': 'unsure',
  'one-node': 'unsure',
  'nothing-recorded': 'unsure',
} as const;
export type NodeRecordingOutcome = keyof typeof nodeRecordingOutcomes;
type NodeVerdict = Verdict<NodeRecordingOutcome>;

const verdict = (
  outcome: NodeRecordingOutcome,
  failing: readonly Account[],
  clear: readonly Account[] = [],
): NodeVerdict => ({ outcome, failing, clear });

const quiet = (all: readonly Account[], between: readonly Account[]): NodeVerdict => {
  const seldom = all.filter((one) => badOf(one) > 0);
  if (seldom.length > 0) return verdict('once', seldom, all);
  return verdict(between.length === 0 ? 'one-node' : 'hold', [], all);
};

/** From node to node first: where that loses, nothing above it has to be looked at. */
export const judgeNodeRecording = (accounts: readonly Account[]): NodeVerdict => {
  const of = (way: Way) => accounts.filter((one) => one.way === way && one.of > 0);
  const [between, fromNode, fromPod] = [of('nodes'), of('node-endpoint'), of('endpoint')];
  if (fromNode.length + between.length === 0) return verdict('nothing-recorded', []);
  const lossy = between.filter(isBad);
  if (lossy.length > 0) return verdict('nodes-lose', lossy);
  const failing = fromNode.filter(isBad);
  // Whatever is not shown on a way that is tried as often does not lie on it.
  if (failing.length > 0) {
    const clear = clearAmong(between, failing);
    return verdict(clear.length < between.length ? 'too-few' : 'also-from-the-node', failing, clear);
  }
  const ofPod = fromPod.filter(isBad);
  if (ofPod.length === 0) return quiet([...between, ...fromNode, ...fromPod], between);
  const clear = clearAmong([...between, ...fromNode], ofPod);
  return clear.length === between.length + fromNode.length
    ? verdict('only-from-the-pod', ofPod, clear)
    : verdict('too-few', ofPod, clear);
};
