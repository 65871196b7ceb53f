import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { defineStep } from '../../domain/step.js';
import { isForgotten, pauseTrySchema } from '../../parse/pauses.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { pausedGet } from '../../queries/paused-get.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { addressOf } from '../../queries/probes/flow-address.js';

const established = 'net.netfilter.nf_conntrack_tcp_timeout_established';
const loose = 'net.netfilter.nf_conntrack_tcp_loose';

// Applications pause for minutes as a rule; only what is shorter than a probe may take can be shown at work.
const ordinary = 300;
const longestPause = 8;

export default defineStep({
  stage: 'mtu-conntrack',
  hop: 'rules',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [kernelSettings, pausedGet],
  from: ['pod'],
  to: ['service', 'pod'],
  evidence: z.strictObject({
    seen: z.array(z.strictObject({ ...flowNodeSchema.shape, seconds: z.int().optional(), loose: z.boolean() })),
    unseen: z.array(unseenSchema),
    pauses: z.array(pauseTrySchema),
  }),
  outcomes: { kept: 'pass', forgets: 'fail', short: 'warn', 'no-table': 'pass', 'partly-seen': 'unsure' },

  async collect({ kube, pod, node }, flow) {
    const { seen, unseen } = await eachNode(await nodesOfFlow(kube, flow), async (place) => {
      const { values } = await node(place.node).run(kernelSettings, { names: [established, loose] });
      const seconds = /^\d{1,9}$/.test(values[established] ?? '') ? Number(values[established]) : undefined;
      return { ...(seconds === undefined ? {} : { seconds }), loose: values[loose] !== '0' };
    });
    const shortest = Math.min(...seen.flatMap(({ role, seconds }) => (role === 'peer' ? [] : (seconds ?? []))));
    const address = shortest <= longestPause ? await addressOf(kube, flow) : undefined;
    const source = pod({ namespace: flow.from.namespace, name: flow.from.name });
    const pauses = address && (await ifReadable(source.run(pausedGet, { ...address, pause: shortest + 1 })));
    return { seen, unseen, pauses: pauses ?? [] };
  },

  interpret({ seen, unseen, pauses }) {
    const ends = seen.filter(({ role }) => role !== 'peer');
    const timed = ends.flatMap(({ node, seconds }) => (seconds === undefined ? [] : [{ node, seconds }]));
    const [shortest] = timed.toSorted((a, b) => a.seconds - b.seconds);
    const facts = {
      ...{ node: '', seconds: 0, ...shortest, pause: Math.max(0, ...pauses.map(({ seconds }) => seconds)) },
      ...{
        others: seen.map(({ node, seconds = '-' }) => `${node} ${seconds}`),
        unseen: unseen.map(({ node }) => node),
      },
    };
    if (isForgotten(pauses)) return { outcome: 'forgets', facts };
    if (shortest && shortest.seconds < ordinary) return { outcome: 'short', facts };
    if (unseen.some(({ role }) => role !== 'peer')) return { outcome: 'partly-seen', facts };
    return { outcome: shortest ? 'kept' : 'no-table', facts };
  },
});
