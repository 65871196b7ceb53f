import { expect, it } from 'vitest';
import { notOurs } from '../../../../src/ports/live/rungs/not-ours.js';

const probe = { metadata: { name: 'net-triage-a', labels: { app: 'web', 'net-triage/made': 'probe-pod' } } };
const web = { metadata: { name: 'web-1', labels: { app: 'web' } } };
const endpoint = (kind: string, name: string) => ({ addresses: ['10.244.1.7'], targetRef: { kind, name } });

it('is what is left of the Pods without those that this program has made', () => {
  expect(notOurs('pods', [web, probe, { metadata: { name: 'net-triage-like' } }])).toEqual([
    web,
    { metadata: { name: 'net-triage-like' } },
  ]);
});

it('is every other endpoint of a slice', () => {
  const byHand = { addresses: ['198.51.100.7'] };
  const slice = { endpoints: [endpoint('Pod', 'web-1'), endpoint('Pod', 'net-triage-a'), byHand] };
  expect(notOurs('endpointslices', [slice, {}])).toEqual([{ endpoints: [endpoint('Pod', 'web-1'), byHand] }, {}]);
});

it('is any other list as it came', () => {
  const untouched = [probe];
  expect(notOurs('services', untouched)).toBe(untouched);
});
