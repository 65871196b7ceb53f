import { describe, expect, it } from 'vitest';
import type { AnyStep } from '../../src/domain/step.js';
import { limitOf } from '../../src/machines/limits.js';
import { createRunner } from '../../src/machines/run-step.js';
import { portsFor } from '../../src/ports/step-ports.js';
import { stretchesOf } from '../../src/queries/probes/recording.js';
import { catalogOf, shopWorld, toCart } from './shop.js';

const { steps } = catalogOf();

describe('the time of a check that records', () => {
  const recording = { cost: 3 as const, perSecond: 30 };

  it('is as long as it was told to, and the waits within it', () => {
    expect(limitOf(recording, {})).toBeGreaterThan(60_000 * 1.8);
    expect(limitOf(recording, { record: 1800 })).toBeGreaterThan(1_800_000 * 1.8);
    // Who limits every check does not mean to cut a recording in half.
    expect(limitOf(recording, { record: 600, check: 5000 })).toBeGreaterThan(600_000);
  });

  it('leaves that of other checks alone', () => {
    expect(limitOf({ cost: 3 }, { record: 1800 })).toBe(120_000);
    expect(limitOf({ cost: 1 }, { check: 5000 })).toBe(5000);
  });
});

describe('the number of stretches', () => {
  const now = () => 0;
  it.each([
    [undefined, 6],
    [10, 1],
    [31, 4],
    [1800, 180],
  ])('%s s make %d', (recordSeconds, count) => expect(stretchesOf({ clock: { now }, recordSeconds })).toBe(count));

  it('is that of the recording in a replay, whatever is asked for now', () => {
    expect(stretchesOf({ clock: { now, mark: () => 3 }, recordSeconds: 600 })).toBe(3);
  });
});

it('tells what a check knows so far, while it runs and in no other way', async () => {
  const soFar: unknown[] = [];
  const counting = {
    ...(steps['service-exists']?.step as AnyStep),
    collect: (ports: Parameters<AnyStep['collect']>[0]) => {
      ports.progress?.({ tries: ports.recordSeconds ?? 0 });
      soFar.push(runner.flights.get('counting')?.soFar);
      return Promise.resolve({ exists: true });
    },
  } as unknown as AnyStep;
  const world = shopWorld();
  const changes: string[] = [];
  const runner = createRunner({
    ...{ catalog: catalogOf({ counting }), flow: toCart, level: 'probe', limits: { record: 90 } },
    ports: (step, options) => portsFor(step, world, options),
    now: () => world.clock.now(),
    changed: () => changes.push('changed'),
    signal: new AbortController().signal,
  });
  await runner.run({ node: 'here', check: 'counting', run: 1, fresh: false }, new AbortController().signal);
  expect(soFar).toEqual([{ tries: 90 }]);
  expect(changes.length).toBeGreaterThan(1);
});
