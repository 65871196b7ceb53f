import { createHash } from 'node:crypto';
import { CannotLook } from '../domain/cannot-look.js';
import type { JsonObject } from '../domain/json.js';
import type { World } from '../domain/ports.js';
import type { AnyQuery } from '../domain/query.js';

/** What one program said on one node, as it was masked, with the hash of that. */
export interface Output {
  readonly query: string;
  readonly argv: readonly string[];
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly sha256: string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CollectedNode {
  readonly node: string;
  readonly outputs: readonly Output[];
  readonly unseen: readonly { readonly query: string; readonly code: string; readonly why: string }[];
}

const argsOf = (query: AnyQuery) => query.args.safeParse({});

/** Every query that can run on a node and needs to be told nothing: what the registry has is what is collected. */
export const collectible = (queries: Readonly<Record<string, AnyQuery>>): AnyQuery[] =>
  Object.values(queries).filter((query) => query.where !== 'pod' && argsOf(query).success);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Runs all of them on one node, side by side. What cannot be looked at hides nothing of the rest. */
export const collectNode = async (
  world: Pick<World, 'ask'>,
  { node, queries }: { node: string; queries: readonly AnyQuery[] },
  signal: AbortSignal,
): Promise<CollectedNode> => {
  const outputs: Output[] = [];
  const unseen: CollectedNode['unseen'][number][] = [];
  const run = async (query: AnyQuery) => {
    const args = argsOf(query).data as JsonObject;
    try {
      const answer = await world.ask({ port: 'node', node, query: query.name, args }, signal, { fresh: true });
      const { argv, exitCode, durationMs, stdout, stderr } = answer;
      const code = Number.isNaN(exitCode) ? null : exitCode;
      const hash = sha256(stdout);
      outputs.push({ query: query.name, argv: [...argv], exitCode: code, durationMs, sha256: hash, stdout, stderr });
    } catch (error) {
      if (!(error instanceof CannotLook)) throw error;
      unseen.push({ query: query.name, code: error.code, why: error.message });
    }
  };
  await Promise.all(queries.map(run));
  const byName = (a: { query: string }, b: { query: string }) => a.query.localeCompare(b.query, 'en');
  return { node, outputs: outputs.toSorted(byName), unseen: unseen.toSorted(byName) };
};
