import { setTimeout as pause } from 'node:timers/promises';

export interface Waiting {
  timeoutMs?: number;
  everyMs?: number;
  /** Waiting ends early when this turns false: nobody is left who could make it true. */
  hope?: () => boolean;
}

const patience = { timeoutMs: 30_000, everyMs: 50, hope: () => true };

/** How many times longer everything may take: 1, but more below a kernel that runs as a program (`lab/vm.ts`). */
export const PATIENCE = Number(process.env.LAB_PATIENCE ?? 1);

/** Polls until the probe gives something truthy; a probe that throws counts as "not yet". */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T> | T,
  waiting: Waiting = {},
): Promise<NonNullable<T>> {
  const { timeoutMs, everyMs, hope } = { ...patience, ...waiting };
  const end = performance.now() + timeoutMs * PATIENCE;
  let reason = '';
  for (;;) {
    try {
      const answer = await probe();
      if (answer) return answer as NonNullable<T>;
    } catch (error) {
      reason = `: ${String(error)}`;
    }
    if (!hope()) throw new Error(`${what}: the program that should do it has ended`);
    if (performance.now() > end) throw new Error(`${what}: not within ${(timeoutMs * PATIENCE) / 1000} s${reason}`);
    await pause(everyMs);
  }
}
