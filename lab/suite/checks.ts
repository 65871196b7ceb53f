import type { Lab } from '../cluster/plan.ts';
import type { Profile } from '../cluster/profiles.ts';
import { testAdapters } from './adapters.ts';
import type { Tally } from './tally.ts';

type Check = (lab: Lab, tally: Tally) => Promise<void>;

/** What is proved beside the faults, once on each kind of cluster that has it. */
const CHECKS: Partial<Record<Profile, readonly Check[]>> = { plain: [testAdapters] };

export const checksOf = (profile: Profile): readonly Check[] => CHECKS[profile] ?? [];
