/** Aborts once every caller has given up or has its answer, unless all have one: then the work ends by itself. */
export const whenNobodyWaits = (callers: readonly AbortSignal[]) => {
  const controller = new AbortController();
  const waiting = new Set(callers.keys());
  let answers = 0;
  const leave = (index: number, reason: unknown) => {
    waiting.delete(index);
    if (waiting.size === 0 && answers < callers.length) controller.abort(reason);
  };
  for (const [index, signal] of callers.entries()) {
    const giveUp = () => leave(index, signal.reason);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  }
  return {
    signal: controller.signal,
    answered(index: number) {
      answers += 1;
      leave(index, callers[index]?.reason);
    },
  };
};
