/**
 * Waits for `promise` no longer than `signal` lasts, then rejects with the reason of the signal.
 * What was started goes on; a late rejection of it is nobody's any more and is swallowed.
 */
export const abortable = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> => {
  const { promise: waiting, resolve, reject } = Promise.withResolvers<T>();
  const giveUp = () => reject(signal.reason);
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  return waiting;
};
