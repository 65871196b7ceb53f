import { expect, it } from 'vitest';
import { findFaults } from '../../../lab/scenario/find.ts';

it('leaves no cause to the slow faults alone, which the suite does not play', async () => {
  const faults = await findFaults();
  const topsOf = (slow: boolean) =>
    faults
      .filter((fault) => (fault.slow ?? false) === slow)
      .flatMap(({ runs }) => runs.flatMap(({ expect: { top } }) => top ?? []));
  const played = new Set(topsOf(false));
  expect(topsOf(true).length).toBeGreaterThan(0);
  expect(topsOf(true).filter((id) => !played.has(id))).toEqual([]);
});
