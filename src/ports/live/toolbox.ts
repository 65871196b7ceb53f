import type { AnyQuery } from '../../domain/query.js';
import type { Meter } from './meter.js';
import type { Shell } from './shell.js';
import { detectTools, type Tools } from './tools.js';

export type Queries = Readonly<Record<string, AnyQuery>>;

export interface ToolboxOptions {
  readonly queries: Queries;
  readonly where: 'pod' | 'node';
  readonly meter: Meter;
  /** Milliseconds that one request may take. */
  readonly patience: number;
  /** Ends the work that several callers share. */
  readonly closing: AbortSignal;
}

/** One detection per place; failed ones are forgotten, since it may be there a moment later. */
export const createToolbox = ({ queries, where, meter, patience, closing }: ToolboxOptions) => {
  const here = Object.values(queries).filter((query) => query.where === where || query.where === 'anywhere');
  const programs = new Set(here.flatMap(({ variants }) => variants.map(({ tool }) => tool)));
  if (where === 'node') programs.add('sudo');
  const detected = new Map<string, Promise<Tools>>();
  return (shell: Shell): Promise<Tools> => {
    const held = detected.get(shell.key);
    if (held) return held;
    meter.commands(1);
    const looking = detectTools(shell, { programs: [...programs], patience, signal: closing });
    detected.set(shell.key, looking);
    looking.catch(() => detected.delete(shell.key));
    return looking;
  };
};
