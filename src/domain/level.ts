import { z } from 'zod';

/** How much the operator allows, weakest first. */
export const levels = ['observe', 'probe', 'node', 'change'] as const;
export const levelSchema = z.enum(levels);
export type Level = z.infer<typeof levelSchema>;

export const permits = (granted: Level, asked: Level) => levels.indexOf(asked) <= levels.indexOf(granted);
