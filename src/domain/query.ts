import type { z } from 'zod';
import type { Level } from './level.js';
import type { PodAccess } from './pod-access.js';

/** What a program left behind, after the port sanitised and redacted it. */
export interface Run {
  readonly argv: readonly string[];
  /** The tool whose variant ran, so that the parser knows whose words it reads. */
  readonly tool: string;
  /** NaN when the program never started or its status was lost. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  /** How a Pod was entered where it was not by exec into the container that was meant, and where the program ran. */
  readonly by?: Exclude<PodAccess, 'exec'> | undefined;
  readonly at?: string | undefined;
}

/** One way to ask the question, with the program it takes. The first variant whose tool is there is used. */
export interface Variant<Args> {
  readonly tool: string;
  /** On a node it shows everything only to root: others run it through sudo, where they may. */
  readonly root?: boolean;
  /** A fixed argument list. Data only ever stands in whole arguments, never inside shell text. */
  argv(args: Args): readonly string[];
}

/**
 * A named read-only program, run in a pod or on a node: the only way to run anything remotely.
 * `parse` is pure and total: what it does not understand becomes a fact that says so.
 */
export interface Query<Name extends string = string, Args = never, Facts = unknown> {
  readonly name: Name;
  /** `anywhere`: it asks the kernel or the network, in a Pod as well as on a node. */
  readonly where: 'pod' | 'node' | 'anywhere';
  readonly level: Level;
  /** Seconds after which the program is given up, on both ends. */
  readonly limit: number;
  /** Bytes that are read of its output, where a quarter of a MiB is too little. */
  readonly cap?: number;
  readonly args: z.ZodType<Args>;
  readonly variants: readonly Variant<Args>[];
  /**
   * Where another container may answer for the one that is meant: `same-network` from any in its network namespace,
   * `look-alike` also from a Pod made like it. A query that says nothing is about the container itself, unless it
   * runs anywhere: then it asks the kernel.
   */
  readonly elsewhere?: 'same-network' | 'look-alike';
  /** False where the answer would be of no use, with these programs. */
  worth?(has: (tool: string) => boolean, args: Args): boolean;
  parse(run: Run, args: Args): Facts;
}

// biome-ignore lint/suspicious/noExplicitAny: the one place where a query of unknown shape is accepted
export type AnyQuery = Query<string, any, any>;
export type ArgsOf<Q extends AnyQuery> = Q extends Query<string, infer A, unknown> ? A : never;
export type FactsOf<Q extends AnyQuery> = Q extends Query<string, never, infer F> ? F : ReturnType<Q['parse']>;

export const defineQuery = <Name extends string, Args, Facts>(query: Query<Name, Args, Facts>) => query;
