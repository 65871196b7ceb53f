import { CannotLook } from './cannot-look.js';
import type { Flow } from './flow.js';
import type { FlowNode } from './flow-nodes.js';
import type { NetworkAgentName } from './network-agent.js';
import { placesOf } from './network-agent.js';
import { agentOn, networkOfFlow } from './network-of-flow.js';
import type { ObjectReader } from './object-reader.js';
import type { PodRef } from './ports.js';

type Reader = ObjectReader<'services' | 'pods' | 'nodes'>;
export type Plugin = 'calico' | 'cilium';

const isOf: Readonly<Record<Plugin, readonly NetworkAgentName[]>> = { calico: ['calico', 'canal'], cilium: ['cilium'] };

/**
 * The Nodes that a flow starts and ends on, where this plugin is at work on them; `undefined` where another is. It
 * asks nothing that the recognition of the network does not ask anyway, so a check of one plugin costs a cluster of
 * another nothing.
 */
export const pluginNodes = async (
  kube: Reader,
  flow: Pick<Flow, 'from' | 'to'>,
  plugin: Plugin,
): Promise<FlowNode[] | undefined> => {
  const { places, network } = await networkOfFlow(kube, flow);
  if (!network || !isOf[plugin].includes(network)) return undefined;
  return places.filter(({ role }) => role !== 'peer');
};

// As each project's own manifest names it.
const containers: Readonly<Record<Plugin, string>> = { calico: 'calico-node', cilium: 'cilium-agent' };

const placesFor = (plugin: Plugin) =>
  plugin === 'calico' ? [...placesOf('calico'), ...placesOf('canal').slice(0, 1)] : placesOf(plugin);

/**
 * The container of the agent on a Node.
 * @throws CannotLook where no Pod of it is found there
 */
export const agentContainer = async (kube: ObjectReader<'pods'>, node: string, plugin: Plugin): Promise<PodRef> => {
  const found = await agentOn(kube, node, placesFor(plugin));
  if (!found) throw new CannotLook('lost', `No Pod of the agent of ${plugin} was found on node ${node}.`);
  return { namespace: found.namespace, name: found.pod.metadata?.name ?? '', container: containers[plugin] };
};
