import { randomBytes } from 'node:crypto';
import { createRedactor } from '../clean/redact.js';
import type { Json } from '../domain/json.js';
import { storeEvidence } from '../journal/bundle.js';
import { writeManifest } from '../journal/manifest.js';
import { queries } from '../queries/registry.js';
import { type CollectedNode, collectible, collectNode } from './collect-node.js';
import { connectLive } from './connect.js';
import { tellBeforehand, toldOnStderr } from './consent.js';
import { stopper } from './headless.js';
import { exitCodes, type Io, say, UsageProblem } from './io.js';
import { keepSession, type SessionFiles } from './keep-session.js';
import { readOptions, type SessionOptions, sessionSchema } from './options.js';
import { stateDirOf } from './settings.js';

const nameOfNode = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

const nodesIn = (words: readonly string[]) => {
  const wrong = words.find((word) => word.length > 253 || !nameOfNode.test(word));
  if (wrong !== undefined) throw new UsageProblem(`"${wrong}" is not the name of a node.`);
  if (words.length === 0) throw new UsageProblem('collect NODE...: name the nodes to collect from.');
  return [...new Set(words)];
};

const folderFor = (options: SessionOptions, nodes: readonly string[], io: Io) => {
  const files = keepSession(
    {
      stateDir: `${stateDirOf(options, io)}/net-triage/collections`,
      destination: nodes.join('-'),
    },
    io,
  );
  if (!files.place) throw new UsageProblem('There is no folder to collect into; name one with --state-dir.');
  // Nothing that is asked here comes from an answer, so what must not be told can be hidden before it is kept.
  const redactor = createRedactor({ profile: options.redact, salt: randomBytes(16) });
  return { ...files, redactor, place: files.place };
};

const lineOf = ({ node, outputs, unseen }: CollectedNode) =>
  [
    `${node}: ${outputs.length} outputs${unseen.length > 0 ? `, ${unseen.length} not` : ''}`,
    ...unseen.map(({ query, why }) => `  # ${query}: ${why}`),
  ].join('\n');

/** Keeps what was collected from each node as one piece of evidence, masked once more. */
export const keepCollected = (
  { place, redactor }: Required<Pick<SessionFiles, 'place'>> & Pick<SessionFiles, 'redactor'>,
  { collected, run }: { collected: readonly CollectedNode[]; run: number },
) =>
  collected.map((one) =>
    storeEvidence(place.folder, { id: `node-${one.node}.${run}`, value: one as unknown as Json }, redactor.value),
  );

/** `collect NODE...`: what every harmless program says on these nodes, with hashes, without a flow and a verdict. */
export const collect = async (raw: Record<string, unknown>, io: Io, words: readonly string[]): Promise<number> => {
  const options: SessionOptions = { ...readOptions(sessionSchema, raw), level: 'node' };
  const nodes = nodesIn(words);
  const files = folderFor(options, nodes, io);
  const stop = stopper(io, options.deadline);
  const onProblem = (problem: Error) => void say(io.stderr, problem.message);
  await tellBeforehand(options, io);
  const onResource = toldOnStderr(options, io);
  const asking = { io, interactive: io.stdin.isTTY === true, onProblem, onResource };
  const { world } = await connectLive(options, files, asking);
  const collecting = nodes.map((node) => collectNode(world, { node, queries: collectible(queries) }, stop.signal));
  const settled = await Promise.allSettled(collecting);
  stop.release();
  // The recording is a part of the bundle, so it has to be whole before the bundle is sealed.
  await world.close();
  const broken = settled.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
  const collected = settled.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  keepCollected(files, { collected, run: 1 });
  writeManifest(files.place.folder);
  const lines = [...collected.map(lineOf), files.place.folder];
  await say(
    io.stdout,
    options.output === 'json'
      ? JSON.stringify({ folder: files.place.folder, nodes: collected }, null, 2)
      : lines.join('\n'),
  );
  return collected.some(({ outputs }) => outputs.length > 0) ? exitCodes.done : exitCodes.access;
};
