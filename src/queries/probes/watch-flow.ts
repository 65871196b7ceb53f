import { CannotLook } from '../../domain/cannot-look.js';
import type { EndOf } from '../../domain/flow.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { PodRef, RunPort } from '../../domain/ports.js';
import { failingWindow, type Watched, type Window, type windowQueries } from './failing-window.js';
import { sourceOf } from './source-of.js';

type Asked = RunPort<(typeof windowQueries)[number]>;

interface WatchPorts {
  readonly kube: ObjectReader<'services' | 'pods' | 'nodes'>;
  pod(ref: PodRef): Asked;
  node(name: string): Asked;
}

/**
 * The window of a flow that starts in a Pod or on a Node.
 * @throws CannotLook where no Node of the flow itself could be read
 */
export const watchFlow = async (
  { kube, pod, node }: WatchPorts,
  flow: Watched & { readonly from: EndOf<'pod'> | EndOf<'node'> },
): Promise<Window> => {
  const window = await failingWindow({ kube, source: sourceOf({ pod, node }, flow.from), node }, flow);
  if (window.seen.every(({ role }) => role === 'peer'))
    throw new CannotLook('lost', window.unseen[0]?.why ?? 'No Node of the flow could be read.');
  return window;
};
