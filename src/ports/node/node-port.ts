import { CannotLook } from '../../domain/cannot-look.js';
import { type Level, permits } from '../../domain/level.js';
import type { Call } from '../../domain/ports.js';
import type { Run } from '../../domain/query.js';
import { abortable } from '../abortable.js';
import { NotAllowed } from '../live/allowlist.js';
import type { Shell } from '../live/shell.js';
import type { Tools } from '../live/tools.js';
import { createQueryRunner, type QueryRunnerOptions } from './query-runner.js';
import type { NodeRung } from './rung.js';

export type NodeCall = Extract<Call, { port: 'node' }>;

export interface NodePortOptions extends QueryRunnerOptions {
  /** Best first; none where the operator wants no access to nodes. */
  readonly rungs: readonly NodeRung[];
  readonly level: () => Level;
}

export interface NodePort {
  /** Throws `CannotLook`; a plain error for a query that does not exist or arguments that do not fit it. */
  run(call: NodeCall, signal: AbortSignal): Promise<Run>;
  /** The node itself, with what it has. Throws `CannotLook`. */
  enter(node: string, signal: AbortSignal): Promise<{ readonly shell: Shell; readonly tools: Tools }>;
  close(): Promise<void>;
}

const closed = 'Nothing on nodes was looked at: --node-access says none.';

/** All reasons together, and the code of the first: it is the way that was wanted most. */
const allClosed = (node: string, reasons: readonly CannotLook[]) =>
  reasons[0] === undefined
    ? new CannotLook('forbidden', closed)
    : new CannotLook(reasons[0].code, `Node ${node}: ${reasons.map(({ message }) => message).join(' ')}`);

/** One way per node for the whole session. A node that could not be entered is not tried again by every check. */
const createDoors = ({ rungs, closing }: NodePortOptions) => {
  const known = new Map<string, Promise<Shell>>();
  const enter = async (node: string) => {
    const reasons: CannotLook[] = [];
    for (const rung of rungs) {
      try {
        return await rung.open(node, closing);
      } catch (error) {
        if (!(error instanceof CannotLook)) throw error;
        reasons.push(error);
      }
    }
    throw allClosed(node, reasons);
  };
  return (node: string) => {
    const held = known.get(node) ?? enter(node);
    known.set(node, held);
    // Every caller hears of it for himself.
    held.catch(() => {});
    return held;
  };
};

/** Runs declared queries on nodes, by the first way that is open. */
export const createNodePort = (options: NodePortOptions): NodePort => {
  const { queries, level, rungs } = options;
  const doorOf = createDoors(options);
  const { runQuery, toolsOf } = createQueryRunner(options);
  return {
    async run(call, signal) {
      const query = queries[call.query];
      if (!query || query.where === 'pod') throw new Error(`there is no query "${call.query}" for nodes`);
      if (!permits(level(), 'node')) throw new NotAllowed(`query ${call.query} on a node needs level node`);
      const args: unknown = query.args.parse(call.args);
      return runQuery(query, args, { shell: await abortable(doorOf(call.node), signal), signal });
    },
    async enter(node, signal) {
      const shell = await abortable(doorOf(node), signal);
      return { shell, tools: await abortable(toolsOf(shell), signal) };
    },
    async close() {
      await Promise.allSettled(rungs.map((rung) => rung.close()));
    },
  };
};
