import { usualRecordSeconds } from '../domain/ports.js';
import type { CostClass, Step } from '../domain/step.js';

/** How long a check of each cost class may take, in milliseconds, unless the operator says otherwise. */
const byCost: Readonly<Record<CostClass, number>> = { 0: 10_000, 1: 15_000, 2: 30_000, 3: 120_000 };

export interface Limits {
  /** For every check, in milliseconds; absent: by cost class. */
  readonly check?: number | undefined;
  /** For the whole session, in milliseconds; absent: none. */
  readonly deadline?: number | undefined;
  /** For how long a check may record, in seconds; absent: a minute. */
  readonly record?: number | undefined;
}

export const recordSecondsOf = ({ record = usualRecordSeconds }: Pick<Limits, 'record'>): number => record;

// Ten seconds of tries may have to wait eight for the last of them, and a slow machine waits longer.
const perSecond = 2500;
const aside = 30_000;

/** A check that records takes as long as it was told to. */
export const limitOf = (step: Pick<Step, 'cost' | 'perSecond'> | undefined, limits: Limits): number => {
  const usual = limits.check ?? byCost[step?.cost ?? 0];
  return step?.perSecond === undefined ? usual : Math.max(usual, aside + perSecond * recordSecondsOf(limits));
};
