import { OUT_OF_REACH } from '../lab/out-of-reach.ts';
import { findFaults } from '../lab/scenario/find.ts';
import type { InLab } from './cause-page.ts';

/** The faults of the lab by the causes they are of; odd clusters that are not broken show none. */
export const shownInLab = async (): Promise<InLab> => ({
  faults: (await findFaults()).map(({ name, runs }) => ({
    name,
    causes: [...new Set(runs.flatMap(({ expect }) => expect.top ?? []))],
  })),
  outOfReach: OUT_OF_REACH,
});
