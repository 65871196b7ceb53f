const two = (value: number) => String(value).padStart(2, '0');

/** `01:37`, or `1:01:37` from an hour on. */
export const elapsed = (ms: number) => {
  const all = Math.max(0, Math.floor(ms / 1000));
  const clock = `${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  return all < 3600 ? clock : `${Math.floor(all / 3600)}:${clock}`;
};

/** `1.3 s`, for a person who waits. */
export const seconds = (ms: number) => `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
