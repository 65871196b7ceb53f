import type { Flow } from '../domain/flow.js';
import { nodesOfFlow } from '../domain/flow-nodes.js';
import type { World } from '../domain/ports.js';
import type { AnyStep } from '../domain/step.js';
import { portsFor } from '../ports/step-ports.js';
import { queries } from '../queries/registry.js';
import { keepCollected } from './collect.js';
import { collectible, collectNode } from './collect-node.js';
import { record, type SessionFiles } from './keep-session.js';

const reader = { reads: ['services', 'pods', 'nodes'], runs: [] } as unknown as AnyStep;
const patience = 60_000;

/** What every harmless program says on the nodes of a flow, into the bundle of its session. */
export const collectFlow = async (
  { world, files, flow }: { world: World; files: SessionFiles; flow: Flow },
  stop: AbortSignal,
) => {
  const { place } = files;
  if (!place) throw new Error('The session lives in memory only: there is no folder to write to.');
  const signal = AbortSignal.any([stop, AbortSignal.timeout(patience)]);
  const { kube } = portsFor(reader, world, { signal });
  const nodes = await nodesOfFlow(kube, flow);
  const collected = await Promise.all(
    nodes.map(({ node }) => collectNode(world, { node, queries: collectible(queries) }, signal)),
  );
  const run = 1 + files.journal().events.filter(({ type }) => type === 'nodes.collected').length;
  const kept = keepCollected({ ...files, place }, { collected, run });
  record(files, {
    type: 'nodes.collected',
    actor: 'operator',
    data: {
      nodes: collected.map(({ node, outputs, unseen }, at) => ({
        ...{ node, file: kept[at]?.file ?? '', sha256: kept[at]?.sha256 ?? '' },
        ...{ outputs: outputs.length, unseen: unseen.map(({ query }) => query) },
      })),
    },
  });
  return {
    nodes: collected.map(({ node }) => node),
    outputs: collected.reduce((sum, { outputs }) => sum + outputs.length, 0),
  };
};
