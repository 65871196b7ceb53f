import { z } from 'zod';
import type { Facts } from '../domain/finding.js';
import type { ReportInput } from './catalog.js';
import { say } from './say.js';

const seenSchema = z.enum(['seen', 'unseen', 'unwatched']);
const pathSchema = z.array(z.object({ node: z.string(), device: z.string(), request: seenSchema, reply: seenSchema }));
const dropsSchema = z.array(z.object({ node: z.string(), reason: z.string(), location: z.string(), count: z.int() }));
type Point = z.infer<typeof pathSchema>[number];
type Direction = 'request' | 'reply';

/** `+` saw it, `x` is the first that did not, `.` comes after that, `?` was not listened to. */
const markOf = (points: readonly Point[], at: number, of: Direction) => {
  const state = points[at]?.[of];
  if (state === 'seen') return '+';
  if (state === 'unwatched') return '?';
  const last = points.findLastIndex((point) => point[of] === 'seen');
  return at === last + 1 ? 'x' : '.';
};

const runs = (points: readonly Point[]) => {
  const groups: { node: string; from: number; to: number }[] = [];
  for (const [at, { node }] of points.entries()) {
    const last = groups.at(-1);
    if (last && last.node === node) last.to = at + 1;
    else groups.push({ node, from: at, to: at + 1 });
  }
  return groups;
};

const linesOf = (points: readonly Point[], of: Direction, label: string) =>
  runs(points).map(({ node, from, to }) => {
    const drawn = points.slice(from, to).map(({ device }, n) => `${markOf(points, from + n, of)} ${device}`);
    return `${label} ${node}: ${drawn.join('  ')}`;
  });

/** The way of a traced connection: one line per node and direction, device by device. Nothing for other findings. */
export const pathDrawing = (input: Pick<ReportInput, 'catalog' | 'language'>, facts: Facts): string[] => {
  const points = pathSchema.safeParse(facts.path).data ?? [];
  const drops = dropsSchema.safeParse(facts.drops).data ?? [];
  const isAnswered = points.some(({ reply }) => reply === 'seen');
  return [
    ...linesOf(points, 'request', say(input, 'path.request')),
    ...(isAnswered ? linesOf(points.toReversed(), 'reply', say(input, 'path.reply')) : []),
    ...drops.map(({ node, reason, location, count }) => say(input, 'path.drop', { node, reason, location, count })),
  ];
};
