import { expect, it } from 'vitest';
import type { Conclusion } from '../../src/domain/runbook.js';
import { bestOf, trailOf, weighed } from './weighed.js';

const verdictOn = (outcomes: Readonly<Record<string, string>>, conclusion: Conclusion = { inconclusive: null }) =>
  weighed(trailOf(outcomes), { conclusion, stagesBuilt: ['intermittent'] });

it.each([
  ['POD-06', 'probable', { 'every-way-holds-over-time': 'some-hesitate' }],
  ['POD-06', 'probable', { 'every-way-holds-over-time': 'all-hesitate' }],
  ['NODE-11', 'probable', { 'every-way-holds-over-time': 'one-node' }],
  ['NODE-11', 'certain', { 'every-way-holds-over-time': 'one-node', 'node-ways-hold-over-time': 'nodes-lose' }],
  ['NODE-11', 'certain', { 'every-way-holds-over-time': 'every-endpoint', 'node-ways-hold-over-time': 'nodes-lose' }],
])('%s is %s after %j', (id, certainty, outcomes) => {
  expect(bestOf(verdictOn(outcomes))).toEqual(['fault', id, certainty]);
});

it('does not blame the network between nodes that lose nothing', () => {
  const outcomes = { 'every-way-holds-over-time': 'one-node', 'node-ways-hold-over-time': 'only-from-the-pod' };
  expect(verdictOn(outcomes).result).toBe('inconclusive');
});

it('does not blame the server for a reset: it need not have sent it', () => {
  expect(verdictOn({ 'every-way-holds-over-time': 'resets' }).causes.map(({ id }) => id)).not.toContain('POD-06');
});

it('names nobody for a name that is slow now and then: too many could be it', () => {
  const { result, causes } = verdictOn({ 'every-way-holds-over-time': 'only-the-name' });
  expect(result).toBe('inconclusive');
  expect(causes.every(({ certainty }) => certainty === 'possible')).toBe(true);
});

it('is healthy where every way held, and only there', () => {
  const holds = verdictOn({ 'every-way-holds-over-time': 'holds' }, { healthy: null });
  expect([holds.result, holds.causes]).toEqual(['healthy', []]);
  expect(verdictOn({ 'every-way-holds-over-time': 'once' }, { healthy: null }).result).toBe('inconclusive');
});
