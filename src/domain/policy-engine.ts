import { z } from 'zod';
import type { Flow } from './flow.js';
import type { FlowNode } from './flow-nodes.js';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import { networkAgentNameSchema, placesOf } from './network-agent.js';
import { agentOn, networkOfFlow } from './network-of-flow.js';
import type { ObjectReader } from './object-reader.js';
import { podState, podStateSchema } from './pod-state.js';

type DaemonSet = KubeObject<'daemonsets'>;
type Reader = ObjectReader<'services' | 'pods' | 'nodes' | 'daemonsets'>;
type Container = NonNullable<NonNullable<NonNullable<DaemonSet['spec']>['template']['spec']>['containers']>[number];

const words = ({ command, args }: Container) => [...(command ?? []), ...(args ?? [])].join(' ');
const named = (name: RegExp) => (container: Container) => name.test(container.name);

/** Programs that put NetworkPolicies into effect, by the containers of their own manifests. */
const enforcers: readonly (readonly [string, (container: Container) => boolean])[] = [
  ['calico', named(/^calico-node$/)],
  ['cilium', named(/^cilium-agent$/)],
  // It enforces unless it is told not to (cloudnativelabs/kube-router, docs/user-guide.md).
  ['kube-router', (one) => named(/^kube-router$/)(one) && !words(one).includes('--run-firewall=false')],
  ['antrea', named(/^antrea-agent$/)],
  ['weave-npc', named(/^weave-npc$/)],
  ['kube-network-policies', ({ name, image }) => /kube-network-policies/.test(`${name} ${image ?? ''}`)],
  ['azure-npm', named(/^azure-npm$/)],
  // aws-node carries its policy agent along, switched off.
  ['aws-network-policy-agent', (one) => words(one).includes('--enable-network-policy=true')],
];

// What may enforce as well, for all that its name says.
const suspicious = /polic|npc|npm|firewall|ovn|kindnet|aws-node|aws-eks-nodeagent|terway|sdn|nsx/i;

export const engineSchema = z.strictObject({
  /** Absent where nobody is known to enforce policies. */
  name: z.string().optional(),
  /** No program of this cluster enforces policies: only its network is known, and that does not. */
  nobody: z.boolean(),
  network: networkAgentNameSchema.optional(),
  agents: z.array(
    z.strictObject({ node: z.string(), namespace: z.string(), pod: podStateSchema.optional(), peer: z.boolean() }),
  ),
});
export type PolicyEngine = z.infer<typeof engineSchema>;

const containersOf = ({ spec }: DaemonSet) => spec?.template.spec?.containers ?? [];

const enforcerOf = (set: DaemonSet) =>
  enforcers.find(([, is]) => containersOf(set).some((container) => is(container)))?.[0];

/** k3s and its like run the enforcer inside their own program, where no Pod shows it. */
const isBuiltIn = (node: KubeObject<'nodes'> | undefined) =>
  /\+(k3s|rke2|k0s)/.test(node?.status?.nodeInfo?.kubeletVersion ?? '+k3s');

/** Whether a program of the cluster may enforce policies for all that is known. */
const maybeEnforces = (set: DaemonSet) =>
  [nameOf(set), ...containersOf(set).map(({ name }) => name)].some((name) => suspicious.test(name));

const daemonSets = async (kube: Reader, network: PolicyEngine['network']) => {
  const places = network ? placesOf(network).map(({ namespace }) => namespace) : [];
  const namespaces = [...new Set(['kube-system', ...places])];
  return (await Promise.all(namespaces.map((namespace) => kube.list('daemonsets', { namespace })))).flat();
};

const agentsOf = (kube: Reader, set: DaemonSet, { places, now }: { places: readonly FlowNode[]; now: number }) => {
  const namespace = set.metadata?.namespace ?? '';
  const labels = set.spec?.selector.matchLabels ?? {};
  return Promise.all(
    places.map(async ({ node, role }) => {
      const found = await agentOn(kube, node, [{ namespace, labels }]);
      return { node, namespace, peer: role === 'peer', ...(found && { pod: podState(found.pod, now) }) };
    }),
  );
};

/**
 * What enforces policies on the Nodes of a flow, and whether its agents run there.
 * @throws CannotLook where the DaemonSets cannot be listed
 */
export const policyEngine = async (
  kube: Reader,
  flow: Pick<Flow, 'from' | 'to'>,
  now: number,
): Promise<PolicyEngine> => {
  const { places, node, network } = await networkOfFlow(kube, flow);
  const known = network && { network };
  const sets = await daemonSets(kube, network);
  const set = sets.find(enforcerOf);
  if (set)
    return {
      ...{ name: enforcerOf(set) ?? '', nobody: false, ...known },
      agents: await agentsOf(kube, set, { places, now }),
    };
  return { nobody: network === 'flannel' && !sets.some(maybeEnforces) && !isBuiltIn(node), ...known, agents: [] };
};
