import { outsiders } from '../ends/outside.js';
import type { Loaded } from '../load.js';
import { sorting } from './kinds.js';
import type { Peer } from './peers.js';

const joined = (one: Peer, other: Peer): Peer => {
  if (!one.range || !other.range) return one;
  const range = { ...one.range, last: other.range.last };
  return { name: outsiders(range).name, parties: [outsiders(range)], range };
};

const touch = ({ range: one }: Peer, { range: other }: Peer) =>
  one !== undefined && other !== undefined && one.family === other.family && one.last + 1n === other.first;

/** Neighbouring ranges that no policy tells apart are one range after all. */
export const mergeOutside = ({ model }: Loaded, peers: readonly Peer[]): Peer[] => {
  const { kindOf } = sorting(model, false);
  const kindOfPeer = ({ parties: [party] }: Peer) => party && kindOf(party);
  const merged: Peer[] = [];
  for (const peer of peers) {
    const before = merged.at(-1);
    if (before && touch(before, peer) && kindOfPeer(before) === kindOfPeer(peer))
      merged[merged.length - 1] = joined(before, peer);
    else merged.push(peer);
  }
  return merged;
};
