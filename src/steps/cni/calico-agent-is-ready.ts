import { z } from 'zod';
import { facts } from '../../domain/finding.js';
import { flowNodeSchema } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { inIncident } from '../../domain/in-incident.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { placesOf } from '../../domain/network-agent.js';
import { agentOn } from '../../domain/network-of-flow.js';
import { pluginNodes } from '../../domain/plugin-nodes.js';
import type { Ports } from '../../domain/ports.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { calicoComplaint, calicoComplaintSchema } from '../../parse/plugins/calico-log.js';

const agentSchema = z.object({
  ...flowNodeSchema.shape,
  pod: z.string(),
  namespace: z.string(),
  ready: z.boolean(),
  complaint: calicoComplaintSchema.optional(),
  line: z.string(),
});
type Agent = z.infer<typeof agentSchema>;
type Kube = Ports<'services' | 'pods' | 'nodes' | 'events' | 'pods/log'>['kube'];

const isReady = ({ status }: KubeObject<'pods'>) =>
  status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;

const hasCrashed = ({ status }: KubeObject<'pods'>) =>
  status?.containerStatuses?.some(({ name, state }) => name === 'calico-node' && state?.running === undefined) ?? false;

/** What a Pod that is not ready complains of: in its events, and where they are silent, in its last lines. */
const complaintOf = async (kube: Kube, pod: KubeObject<'pods'>, now: number) => {
  const ref = { namespace: pod.metadata?.namespace ?? '', name: nameOf(pod) };
  const fields = { 'involvedObject.name': ref.name, 'involvedObject.kind': 'Pod' };
  const events = await ifReadable(kube.list('events', { namespace: ref.namespace, fields }));
  for (const { message = '' } of inIncident(events ?? [], now)) {
    const found = calicoComplaint(message);
    if (found) return found;
  }
  const scope = { container: 'calico-node', tailLines: 60, previous: hasCrashed(pod) };
  return calicoComplaint((await ifReadable(kube.logs(ref, scope))) ?? '');
};

const words = { bgp: 'bgp-down', felix: 'felix-not-ready', 'loose-filter': 'loose-filter' } as const;

const outcomeOf = ({ complaint }: Agent) =>
  complaint === 'bgp' || complaint === 'felix' || complaint === 'loose-filter' ? words[complaint] : 'not-ready';

export default defineStep({
  stage: 'cni',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes', 'events', 'pods/log'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({ agents: z.array(agentSchema).optional() }),
  outcomes: {
    ready: 'pass',
    'bgp-down': 'fail',
    'felix-not-ready': 'fail',
    'loose-filter': 'fail',
    'not-ready': 'fail',
    'no-agent-pods': 'unsure',
    'not-calico': 'unsure',
  },

  async collect({ kube, clock }, flow) {
    const nodes = await pluginNodes(kube, flow, 'calico');
    if (!nodes) return {};
    const look = async (place: (typeof nodes)[number]): Promise<Agent[]> => {
      const found = await agentOn(kube, place.node, [...placesOf('calico'), ...placesOf('canal').slice(0, 1)]);
      if (!found) return [];
      const ready = isReady(found.pod);
      const said = ready ? undefined : await complaintOf(kube, found.pod, clock.now());
      const agent = { ...place, pod: nameOf(found.pod), namespace: found.namespace, ready, line: said?.line ?? '' };
      return [said ? { ...agent, complaint: said.complaint } : agent];
    };
    return { agents: (await Promise.all(nodes.map(look))).flat() };
  },

  interpret({ agents }) {
    if (!agents) return { outcome: 'not-calico' };
    if (agents.length === 0) return { outcome: 'no-agent-pods' };
    const bad = agents.find(({ ready }) => !ready);
    if (!bad) return { outcome: 'ready', facts: facts({ nodes: agents.map(({ node }) => node) }) };
    const { node, pod, namespace, line } = bad;
    return { outcome: outcomeOf(bad), facts: facts({ node, 'agent-pod': pod, 'agent-namespace': namespace, line }) };
  },
});
