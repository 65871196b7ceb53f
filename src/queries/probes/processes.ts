import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseProcesses } from '../../parse/rules/processes.js';

/** The processes of a node that run one of these programs, with their state. */
export const processesQuery = <N extends string>(name: N, programs: readonly string[]) =>
  defineQuery({
    name,
    where: 'node',
    level: 'node',
    limit: 5,
    args: z.strictObject({}),
    variants: [{ tool: 'ps', argv: () => ['ps', '-C', programs.join(','), '-o', 'pid=,stat=,etimes=,comm='] }],
    parse: ({ stdout, stderr, exitCode }) => parseProcesses({ stdout, stderr, exitCode }),
  });
