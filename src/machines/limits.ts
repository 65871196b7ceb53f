import type { CostClass } from '../domain/step.js';

/** How long a check of each cost class may take, in milliseconds, unless the operator says otherwise. */
const byCost: Readonly<Record<CostClass, number>> = { 0: 10_000, 1: 15_000, 2: 30_000, 3: 120_000 };

export interface Limits {
  /** For every check, in milliseconds; absent: by cost class. */
  readonly check?: number | undefined;
  /** For the whole session, in milliseconds; absent: none. */
  readonly deadline?: number | undefined;
}

export const limitOf = (cost: CostClass, limits: Limits) => limits.check ?? byCost[cost];
