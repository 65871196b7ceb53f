import { type Level, permits } from '../../domain/level.js';
import type { Call } from '../../domain/ports.js';
import type { Run } from '../../domain/query.js';
import { NotAllowed } from './allowlist.js';
import { containerShell, type Exec } from './exec.js';
import type { Place } from './place.js';
import { createQueryRunner, type QueryRunnerOptions } from './query-runner.js';

export type PodCall = Extract<Call, { port: 'pod' }>;

export interface PodPortOptions extends Omit<QueryRunnerOptions, 'where'> {
  readonly exec: Exec;
  readonly placeOf: (pod: PodCall['pod'], signal: AbortSignal) => Promise<Place>;
  readonly level: () => Level;
}

export interface PodPort {
  /** Throws `CannotLook`; a plain error for a query that does not exist or arguments that do not fit it. */
  run(call: PodCall, signal: AbortSignal): Promise<Run>;
}

export const createPodPort = (options: PodPortOptions): PodPort => {
  const { exec, queries, placeOf, level } = options;
  const runQuery = createQueryRunner({ ...options, where: 'pod' });

  const findQuery = (call: PodCall) => {
    const query = queries[call.query];
    if (!query || query.where === 'node') throw new Error(`there is no query "${call.query}" for pods`);
    if (!permits(level(), query.level)) throw new NotAllowed(`query ${call.query} needs level ${query.level}`);
    return query;
  };

  return {
    async run(call, signal) {
      const query = findQuery(call);
      const args: unknown = query.args.parse(call.args);
      return runQuery(query, args, { shell: containerShell(exec, await placeOf(call.pod, signal)), signal });
    },
  };
};
