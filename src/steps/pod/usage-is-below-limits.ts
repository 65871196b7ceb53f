import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { limitedPods, usedNodes, usedPod } from '../../domain/metrics-server.js';
import { defineStep } from '../../domain/step.js';
import { sharesSchema } from '../../domain/usage.js';

const roles = ['server', 'dns', 'client'] as const;
const podSchema = z.strictObject({ pod: z.string(), role: z.enum(roles), shares: sharesSchema.optional() });
const nodeSchema = z.strictObject({ node: z.string(), share: z.number().optional() });

const evidenceSchema = z.strictObject({
  /** Whether there is a metrics-server. */
  installed: z.boolean(),
  /** Those with limits. */
  pods: z.array(podSchema),
  nodes: z.array(nodeSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;
type UsedPod = Evidence['pods'][number];
type UsedNode = Evidence['nodes'][number];

// Of some seconds only the mean is known: what is close to its limit in the mean is held back by it in between.
const most = { cpu: 0.9, memory: 0.95, node: 0.95 };

const isFull = ({ shares }: UsedPod) => (shares?.cpu ?? 0) >= most.cpu || (shares?.memory ?? 0) >= most.memory;
const isBusy = ({ share = 0 }: UsedNode) => share >= most.node;

const words = { server: 'servers-at-limit', dns: 'dns-at-limit', client: 'client-at-limit' } as const;

const unmeasuredOf = ({ pods, nodes }: Evidence) => [
  ...pods.filter(({ shares }) => !shares).map(({ pod }) => pod),
  ...nodes.filter(({ share }) => share === undefined).map(({ node }) => node),
];

const judge = (evidence: Evidence) => {
  const { installed, pods, nodes } = evidence;
  if (!installed) return 'not-installed';
  const full = roles.filter((role) => pods.some((pod) => pod.role === role && isFull(pod)));
  const [first] = full;
  if (first && first !== 'client') return words[first];
  if (nodes.some(isBusy)) return 'node-at-capacity';
  if (first) return words[first];
  return unmeasuredOf(evidence).length > 0 ? 'partly-measured' : 'below';
};

const percent = (share: number) => `${Math.round(share * 100)} %`;
const podTexts = ({ pod, shares = {} }: UsedPod) =>
  Object.entries(shares).map(([resource, share]) => `${pod} ${resource} ${percent(share)}`);
const nodeTexts = ({ node, share }: UsedNode) => (share === undefined ? [] : [`${node} cpu ${percent(share)}`]);

export default defineStep({
  stage: 'pod',
  level: 'observe',
  cost: 0,
  reads: ['pods', 'services', 'nodes', 'pods.metrics.k8s.io', 'nodes.metrics.k8s.io'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip', 'node'],
  evidence: evidenceSchema,
  outcomes: {
    below: 'pass',
    'servers-at-limit': 'warn',
    'dns-at-limit': 'warn',
    'node-at-capacity': 'warn',
    'client-at-limit': 'warn',
    'partly-measured': 'unsure',
    'not-installed': 'unsure',
  },

  async collect({ kube }, flow): Promise<Evidence> {
    const limited = await limitedPods(kube, flow);
    try {
      const [pods, nodes] = await Promise.all([
        Promise.all(limited.map((one) => usedPod(kube, one))),
        usedNodes(kube, flow),
      ]);
      if (pods.length + nodes.length === 0)
        throw new CannotLook('lost', 'The Pods of the flow have no limits and are on no Node yet.');
      return { installed: true, pods, nodes };
    } catch (error) {
      if (!(error instanceof CannotLook) || error.code !== 'not-served') throw error;
      return { installed: false, pods: [], nodes: [] };
    }
  },

  interpret(evidence) {
    const { pods, nodes } = evidence;
    return {
      outcome: judge(evidence),
      facts: {
        full: [...pods.filter(isFull).flatMap(podTexts), ...nodes.filter(isBusy).flatMap(nodeTexts)],
        used: [...pods.flatMap(podTexts), ...nodes.flatMap(nodeTexts)],
        unmeasured: unmeasuredOf(evidence),
      },
    };
  },
});
