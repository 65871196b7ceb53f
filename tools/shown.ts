import { findFaults } from '../lab/scenario/find.ts';
import type { Shown } from './cause-page.ts';

/** The faults of the lab by the causes they are of; odd clusters that are not broken show none. */
export const shownInLab = async (): Promise<Shown[]> =>
  (await findFaults()).map(({ name, runs }) => ({
    name,
    causes: [...new Set(runs.flatMap(({ expect }) => expect.top ?? []))],
  }));
