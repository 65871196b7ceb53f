/** `02:15:41Z`, of milliseconds since the epoch. */
export const utcClock = (at: number) => `${new Date(at).toISOString().slice(11, 19)}Z`;
