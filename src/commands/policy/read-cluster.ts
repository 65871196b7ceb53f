import { sanitiseJson } from '../../clean/sanitise.js';
import type { World } from '../../domain/ports.js';
import { nobodyTold, toldAgents } from '../../policy/cluster/cilium-mode.js';
import { documentAt, essence } from '../../policy/cluster/deciding-rule.js';
import { load } from '../../policy/load.js';
import { objectReader } from '../../ports/object-reader.js';
import { manifestExcerpt } from '../../report/rule-drawing.js';
import { openBare } from '../bare-world.js';
import { type Io, UsageProblem } from '../io.js';
import { type Common, commonSchema, readOptions } from '../options.js';
import { modeOfFlag } from './cilium-mode.js';
import { clusterDocuments, documentOf, namespacesOf } from './cluster-documents.js';
import type { PolicyOptions } from './options.js';
import { questionOf } from './question.js';
import { type Input, loadingOf } from './read-input.js';
import type { Resources } from './resources.js';

interface Opened {
  readonly world: World;
  readonly namespace: string;
}

const openCluster = async (options: Common, io: Io): Promise<Opened> => {
  if (options.universe !== undefined) {
    const { connectUniverse } = await import('../connect.js');
    const { world, target } = await connectUniverse(options.universe);
    return { world, namespace: target.namespace };
  }
  // Selectors and labels have to stay what they are: two that were masked could be taken for one another.
  const live = await openBare(options, io, { name: 'policy', cleanJson: sanitiseJson });
  return { world: live, namespace: live.target.namespace };
};

/** Opens the cluster, closes it again, and says which namespace counts where none is named. */
const within = async <T>(options: PolicyOptions, io: Io, read: (opened: Opened) => Promise<T>): Promise<T> => {
  const { world, namespace } = await openCluster(readOptions(commonSchema, options.raw), io);
  try {
    return await read({ world, namespace: options.raw.namespace === undefined ? namespace : options.namespace });
  } finally {
    await world.close();
  }
};

const resourcesIn = async (world: World, namespaces: readonly string[], options: PolicyOptions): Promise<Resources> => {
  const { signal } = new AbortController();
  const said = modeOfFlag(options);
  const kube = objectReader((call) => world.ask(call, signal));
  const [found, agents] = await Promise.all([
    clusterDocuments(world, namespaces, signal),
    said || options.engine === 'calico' ? nobodyTold : toldAgents(kube),
  ]);
  const documents = [...found.documents, ...agents.objects.map(documentOf)];
  const { nodesUnread } = found;
  const enforcement = said ?? agents.enforcement;
  return {
    ...load(documents, { ...loadingOf(options), nodesUnread, enforcement }),
    enforcement,
    documents,
    whereIs: ({ source }) => source,
    excerptOf: (place) => {
      const found = documentAt(documents, place);
      return found ? manifestExcerpt(essence(found), place.path) : [];
    },
  };
};

/** The policies of the namespaces that a flow touches, read from the cluster. */
export const readCluster = (options: PolicyOptions, io: Io): Promise<Input> =>
  within(options, io, async ({ world, namespace }) => {
    const placed = { ...options, namespace };
    const { from, to } = questionOf(placed);
    const live = namespacesOf([from, to]);
    if (live.length === 0) throw new UsageProblem('Neither end names a namespace: there is no policy to ask.');
    return { options: placed, resources: await resourcesIn(world, live, placed), live };
  });

/** Everything in the namespaces that were asked for, in `others`, or else in the one that counts. */
export const readNamespaces = (options: PolicyOptions, io: Io, others: readonly string[] = []): Promise<Input> =>
  within(options, io, async ({ world, namespace }) => {
    const placed = { ...options, namespace };
    const named = [...new Set([...(options.namespaces ?? []), ...others])];
    const live = named.length > 0 ? named : [namespace];
    const resources = await resourcesIn(world, live, placed);
    const there = new Set(resources.documents.map(({ source }) => source));
    const gone = live.find((name) => !there.has(`Namespace ${name}`));
    if (gone !== undefined) throw new UsageProblem(`There is no namespace ${gone} in this cluster.`);
    return { options: placed, resources, live };
  });
