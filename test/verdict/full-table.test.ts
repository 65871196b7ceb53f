import { expect, it } from 'vitest';
import { trailOf, weighed } from './weighed.js';

const failing = {
  'service-address-answers': 'times-out',
  'each-endpoint-answers': 'all-time-out',
  'node-addresses-reach-each-other': 'unreachable',
};
const verdictOn = (outcomes: Readonly<Record<string, string>>) =>
  weighed(trailOf({ ...failing, ...outcomes }), {
    conclusion: { inconclusive: null },
    stagesBuilt: ['pod', 'connectivity', 'cni', 'mtu-conntrack'],
  });
const certaintyOf = (id: string, outcomes: Readonly<Record<string, string>>) =>
  verdictOn(outcomes).causes.find((cause) => cause.id === id)?.certainty;

it('blames the network between nodes that do not hear each other, where their tables have room', () => {
  const roomy = { 'connection-table-has-room': 'room', 'neighbour-table-has-room': 'room' };
  expect(certaintyOf('NODE-11', roomy)).toBe('probable');
});

it.each<Record<string, string>>([
  {},
  { 'connection-table-has-room': 'nearly-full', 'neighbour-table-has-room': 'room' },
  { 'connection-table-has-room': 'room' },
  { 'connection-table-has-room': 'room', 'neighbour-table-has-room': 'not-counted' },
])('does not where a full table may be what keeps them from it: %j', (outcomes) => {
  expect(certaintyOf('NODE-11', outcomes)).toBe('possible');
});

it('blames the table that throws connections away, and not the network', () => {
  const full = { 'connection-table-has-room': 'full' };
  expect(verdictOn(full).causes[0]).toMatchObject({ id: 'CT-01', certainty: 'certain' });
  expect(verdictOn(full).ruledOut.map(({ id }) => id)).toContain('NODE-11');
});

it('blames the table in which no neighbour finds a place, and not the network', () => {
  const full = { 'connection-table-has-room': 'room', 'neighbour-table-has-room': 'full' };
  expect(verdictOn(full).causes[0]).toMatchObject({ id: 'NODE-12' });
  expect(verdictOn(full).ruledOut.map(({ id }) => id)).toContain('NODE-11');
});
