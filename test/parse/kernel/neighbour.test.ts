import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseNeighbour } from '../../../src/parse/kernel/neighbour.js';
import { recorded } from '../recorded.js';

it.each([
  ['reachable', 'known'],
  ['failed', 'unanswered'],
  ['absent', 'absent'],
])('%s', (name, state) => expect(parseNeighbour(recorded('ip-neigh', name))).toEqual({ state }));

it('does not take an error for an absence', () => {
  expect(parseNeighbour('Error: inet prefix is expected rather than "x".')).toBeUndefined();
});

it('throws at no text', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseNeighbour(text)));
});
