import { abortable } from '../abortable.js';
import type { Shell } from '../live/shell.js';

/**
 * A shell that starts at most so many programs at a time; the others wait for their turn. Servers refuse every
 * channel beyond MaxSessions (sshd_config(5), 10 where nobody set it).
 */
export const inTurns = (shell: Shell, most: number): Shell => {
  const waiting: (() => void)[] = [];
  let running = 0;
  const turn = () => {
    if (running < most) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  };
  const done = () => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };
  return {
    ...shell,
    async exec(request, signal) {
      const mine = turn();
      try {
        await abortable(mine, signal);
      } catch (error) {
        // The turn of whoever left comes all the same, and goes to the next.
        void mine.then(done);
        throw error;
      }
      try {
        return await shell.exec(request, signal);
      } finally {
        done();
      }
    },
  };
};
