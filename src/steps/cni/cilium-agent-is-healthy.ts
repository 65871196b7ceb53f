import { z } from 'zod';
import { facts } from '../../domain/finding.js';
import { flowNodeSchema } from '../../domain/flow-nodes.js';
import { agentContainer, pluginNodes } from '../../domain/plugin-nodes.js';
import { defineStep } from '../../domain/step.js';
import { ciliumStatusSchema } from '../../parse/plugins/cilium-status.js';
import { ciliumStatus } from '../../queries/plugins/cilium-status.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';

const seenSchema = z.object({ ...flowNodeSchema.shape, status: ciliumStatusSchema });
type Seen = z.infer<typeof seenSchema>;

const isBad = (state: string) => state !== '' && !/^(ok|disabled)$/i.test(state);
// "Failure" is what keeps the agent from its work; a warning may be a single controller that tries again.
const hasFailed = ({ status: { state, kubernetes } }: Seen) =>
  [state, kubernetes].some((word) => /^failure$/i.test(word));

const told = ({ node, status }: Seen) => ({
  node,
  state: isBad(status.kubernetes) ? `Kubernetes ${status.kubernetes}` : status.state,
  message: status.message || status.strange[0] || '',
});

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [ciliumStatus],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.object({ seen: z.array(seenSchema).optional(), unseen: z.array(unseenSchema) }),
  outcomes: {
    healthy: 'pass',
    chained: 'pass',
    silent: 'fail',
    failing: 'fail',
    warning: 'warn',
    'partly-seen': 'unsure',
    'not-cilium': 'unsure',
  },

  async collect({ kube, pod }, flow) {
    const nodes = await pluginNodes(kube, flow, 'cilium');
    if (!nodes) return { unseen: [] };
    return await eachNode(nodes, async ({ node }) => ({
      status: await pod(await agentContainer(kube, node, 'cilium')).run(ciliumStatus, {}),
    }));
  },

  interpret({ seen, unseen }) {
    if (!seen) return { outcome: 'not-cilium' };
    const silent = seen.find(({ status }) => !status.understood);
    if (silent) return { outcome: 'silent', facts: told(silent) };
    const failed = seen.find(hasFailed);
    if (failed) return { outcome: 'failing', facts: told(failed) };
    if (unseen[0]) return { outcome: 'partly-seen', facts: facts({ unseen: unseen[0].node, why: unseen[0].why }) };
    const warned = seen.find(({ status }) => isBad(status.state) || isBad(status.kubernetes));
    if (warned) return { outcome: 'warning', facts: told(warned) };
    const said = { nodes: seen.map(({ node }) => node) };
    const chaining = seen.map(({ status }) => status.chaining).find((mode) => mode !== '');
    return chaining
      ? { outcome: 'chained', facts: facts({ ...said, chaining }) }
      : { outcome: 'healthy', facts: facts(said) };
  },
});
