import { z } from 'zod';

// [{"dst":"192.0.2.126","dev":"a0","lladdr":"c6:86:3b:38:1f:4b","state":["REACHABLE"]}]
const rowsSchema = z.array(z.object({ dst: z.string(), state: z.array(z.string()).default([]) }));

const json = (text: string): unknown => {
  try {
    return JSON.parse(text.trim() || '[]');
  } catch {
    return undefined;
  }
};

/** `ip -j neigh show to ADDRESS`: whether the hardware address is known; undefined where the words are not understood. */
export const parseNeighbour = (text: string): { state: 'known' | 'unanswered' | 'absent' } | undefined => {
  const rows = rowsSchema.safeParse(json(text));
  if (!rows.success) return undefined;
  const states = rows.data.flatMap(({ state }) => state);
  if (states.length === 0) return { state: 'absent' };
  const dead = (state: string) => state === 'FAILED' || state === 'INCOMPLETE';
  return { state: states.every(dead) ? 'unanswered' : 'known' };
};
