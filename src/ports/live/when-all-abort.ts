/** Aborts once every one of the signals has: nobody waits any more. */
export const whenAllAbort = (signals: readonly AbortSignal[]): AbortSignal => {
  const controller = new AbortController();
  const look = () => {
    if (signals.every((signal) => signal.aborted)) controller.abort(signals[0]?.reason);
  };
  for (const signal of signals) signal.addEventListener('abort', look, { once: true });
  look();
  return controller.signal;
};
