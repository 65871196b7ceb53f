import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { type Endpoint, endpointSchema, nodesOf, strangersIn } from '../../domain/endpoints.js';
import { ifReadable } from '../../domain/if-readable.js';
import { isCurrent, listedPod, listedPodSchema } from '../../domain/listed-pod.js';
import { isDown, nodeStateSchema, nodeStates } from '../../domain/node-state.js';
import { selects } from '../../domain/selector.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const order = [
  'stale',
  'on-dead-node',
  'strangers',
  'duplicate',
  'only-terminating',
  'nodes-unseen',
  'current',
] as const;

/** The same address in two slices is ordinary while they are repacked, unless they disagree about it. */
const disagreeing = (endpoints: readonly Endpoint[]) =>
  [...Map.groupBy(endpoints, ({ address }) => address).values()]
    .filter((same) => new Set(same.map(({ ready }) => ready)).size > 1)
    .map(([first]) => first)
    .filter((first) => first !== undefined);

const told = (endpoints: readonly Pick<Endpoint, 'address' | 'pod' | 'node'>[]) => ({
  addresses: capped(endpoints.map(({ address }) => address)),
  pods: capped(endpoints.map(({ pod }) => pod)),
  nodes: capped([...new Set(endpoints.map(({ node }) => node))]),
  total: endpoints.length,
});

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    endpoints: z.array(endpointSchema),
    pods: z.array(listedPodSchema),
    nodes: z.array(nodeStateSchema),
    /** False where some of the Nodes could not be looked at, or were too many. */
    nodesSeen: z.boolean(),
  }),
  outcomes: {
    current: 'pass',
    stale: 'fail',
    'on-dead-node': 'fail',
    'pods-not-listed': 'fail',
    strangers: 'warn',
    duplicate: 'warn',
    'only-terminating': 'warn',
    'nodes-unseen': 'unsure',
    unmanaged: 'unsure',
    'nothing-to-compare': 'unsure',
  },

  async collect({ kube, clock }, { to }) {
    const { service, endpoints } = await serviceAndEndpoints(kube, to);
    const labels = service?.spec?.type === 'ExternalName' ? undefined : service?.spec?.selector;
    const pods = selects(labels) ? await kube.list('pods', { namespace: to.namespace, labels }) : [];
    const seen = await ifReadable(nodeStates(kube, nodesOf(endpoints.filter(({ ready }) => ready))));
    return {
      endpoints,
      pods: pods.map((pod) => listedPod(pod, clock.now())),
      nodes: seen?.nodes ?? [],
      nodesSeen: seen?.unseen.length === 0,
    };
  },

  interpret({ endpoints, pods, nodes, nodesSeen }) {
    const missed = pods.filter(({ name, settled }) => settled && !endpoints.some(({ pod }) => pod === name));
    if (missed.length > 0) {
      const facts = told(missed.map(({ name, ips }) => ({ address: ips[0] ?? '', pod: name, node: '' })));
      return { outcome: 'pods-not-listed', facts };
    }
    const managed = endpoints.filter((endpoint) => endpoint.managed && endpoint.pod !== '');
    if (managed.length === 0) return { outcome: endpoints.length > 0 ? 'unmanaged' : 'nothing-to-compare' };
    const down = nodes.filter(isDown).map(({ name }) => name);
    const found = {
      stale: managed.filter((endpoint) => !isCurrent(endpoint, pods)),
      'on-dead-node': managed.filter(({ ready, node }) => ready && down.includes(node)),
      strangers: strangersIn(endpoints),
      duplicate: disagreeing(managed),
      'only-terminating': managed.every(({ terminating }) => terminating) ? managed : [],
      'nodes-unseen': nodesSeen ? [] : managed,
      current: managed,
    };
    const outcome = order.find((name) => found[name].length > 0) ?? 'current';
    return { outcome, facts: told(found[outcome]) };
  },
});
