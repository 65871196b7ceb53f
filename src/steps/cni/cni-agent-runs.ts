import { z } from 'zod';
import { flowNodeSchema } from '../../domain/flow-nodes.js';
import type { KubeObject } from '../../domain/kinds.js';
import { networkAgentNameSchema, placesOf } from '../../domain/network-agent.js';
import { agentOn, networkOfFlow } from '../../domain/network-of-flow.js';
import { type PodState, podState, podStateSchema } from '../../domain/pod-state.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const agentSchema = z.object({
  ...flowNodeSchema.shape,
  pod: podStateSchema.optional(),
  namespace: z.string(),
  /** The node says nothing any more: the control plane counts its Pods as not ready, whatever they do. */
  unheard: z.boolean(),
  /** Seconds since a container of it last ended. */
  restartedAgo: z.number().optional(),
});
type Agent = z.infer<typeof agentSchema>;

const endedAgo = (pod: KubeObject<'pods'>, now: number) => {
  const ends = (pod.status?.containerStatuses ?? []).flatMap(
    ({ lastState }) => Date.parse(lastState?.terminated?.finishedAt ?? '') || [],
  );
  return ends.length > 0 ? Math.round((now - Math.max(...ends)) / 1000) : undefined;
};

// The controller of nodes takes the Ready of a Pod and leaves what the kubelet last said of its containers.
const isUnheard = ({ status }: KubeObject<'pods'>, { state }: PodState) =>
  state === 'not-ready' && (status?.containerStatuses ?? []).every(({ ready }) => ready);

const isDown = ({ pod, unheard }: Agent) =>
  pod !== undefined && !unheard && !['running', 'starting'].includes(pod.state);
// Long enough for a restart to have interrupted what is looked at now.
const recently = 600;
const isFresh = ({ restartedAgo }: Agent) => restartedAgo !== undefined && restartedAgo < recently;

const told = ({ node, pod, namespace, restartedAgo }: Agent, network: string) => ({
  ...{ node, network, 'agent-namespace': namespace },
  'agent-pod': pod?.name ?? '-',
  state: [pod?.state, pod?.reason, pod?.message].filter((word) => word).join(' ') || '-',
  seconds: restartedAgo ?? 0,
});

const judge = (agents: readonly Agent[]) => {
  const own = agents.filter(({ role }) => role !== 'peer');
  const down = own.find(isDown);
  if (down) return { outcome: 'not-running', agent: down } as const;
  const none = own.find(({ pod }) => pod === undefined);
  // Nowhere at all: the agent is part of another program there (k3s), or lives where nobody looked.
  if (none && agents.some(({ pod }) => pod !== undefined)) return { outcome: 'missing', agent: none } as const;
  if (none) return { outcome: 'no-agent-pods', agent: none } as const;
  const fresh = own.find(isFresh);
  if (fresh) return { outcome: 'restarted', agent: fresh } as const;
  const unheard = own.find((agent) => agent.unheard);
  return unheard ? ({ outcome: 'not-heard', agent: unheard } as const) : undefined;
};

export default defineStep({
  stage: 'cni',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({ network: networkAgentNameSchema.optional(), agents: z.array(agentSchema) }),
  outcomes: {
    runs: 'pass',
    'not-running': 'fail',
    missing: 'fail',
    restarted: 'warn',
    'not-heard': 'unsure',
    'no-agent-pods': 'unsure',
    'unknown-network': 'unsure',
  },

  async collect({ kube, clock }, flow) {
    const { places, network } = await networkOfFlow(kube, flow);
    if (!network) return { agents: [] };
    const look = async (place: (typeof places)[number]): Promise<Agent> => {
      const found = await agentOn(kube, place.node, placesOf(network));
      const ago = found && endedAgo(found.pod, clock.now());
      const pod = found && podState(found.pod, clock.now());
      return {
        ...place,
        namespace: found?.namespace ?? placesOf(network)[0]?.namespace ?? '',
        ...(found && pod ? { pod, unheard: isUnheard(found.pod, pod) } : { unheard: false }),
        ...(ago === undefined ? {} : { restartedAgo: ago }),
      };
    };
    const own = await Promise.all(places.filter(({ role }) => role !== 'peer').map(look));
    // Elsewhere tells only whether there is such a Pod at all.
    const isSomewhere = own.some(({ pod }) => pod !== undefined);
    const elsewhere = isSomewhere ? [] : places.filter(({ role }) => role === 'peer');
    return { network, agents: [...own, ...(await Promise.all(elsewhere.map(look)))] };
  },

  interpret({ network, agents }) {
    if (!network) return { outcome: 'unknown-network' };
    const found = judge(agents);
    if (found) return { outcome: found.outcome, facts: told(found.agent, network) };
    return { outcome: 'runs', facts: { network, nodes: agents.map(({ node }) => node) } };
  },
});
