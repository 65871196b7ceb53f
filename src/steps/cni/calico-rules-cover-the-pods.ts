import { z } from 'zod';
import { felixKinds, fitting } from '../../domain/calico-objects.js';
import { facts } from '../../domain/finding.js';
import { flowNodeSchema } from '../../domain/flow-nodes.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
import { ifReadable } from '../../domain/if-readable.js';
import { firstServed } from '../../domain/not-served.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { pluginNodes } from '../../domain/plugin-nodes.js';
import { defineStep } from '../../domain/step.js';
import { calicoRules } from '../../parse/plugins/calico-rules.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { familyOf } from '../../queries/probes/first-packet.js';
import { nodeRules, ruleQueries } from '../../queries/probes/node-rules.js';
import { routeToAddress } from '../../queries/rules/route-to-address.js';

const seenSchema = z.object({
  ...flowNodeSchema.shape,
  backends: z.array(z.string()),
  /** How many devices have chains there. */
  covered: z.int(),
  pods: z.array(z.object({ pod: z.string(), device: z.string(), covered: z.boolean() })),
});

const felixSpec = z.looseObject({ bpfEnabled: z.boolean().default(false) });

/** Whether programs in the kernel do what rules would; unknown where its settings may not be read. */
const isEbpf = async (kube: ObjectReader<(typeof felixKinds)[number]>) => {
  const found = await ifReadable(firstServed(felixKinds.map((kind) => () => kube.get(kind, { name: 'default' }))));
  return found ? fitting(felixSpec, found.spec ?? {}, 'FelixConfiguration').bpfEnabled : false;
};

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes', ...felixKinds],
  runs: [...ruleQueries, routeToAddress],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.object({ seen: z.array(seenSchema).optional(), unseen: z.array(unseenSchema), ebpf: z.boolean() }),
  outcomes: {
    covered: 'pass',
    'by-ebpf': 'pass',
    'pod-without-rules': 'fail',
    'two-places': 'warn',
    'no-rules': 'unsure',
    'partly-seen': 'unsure',
    'not-calico': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const nodes = await pluginNodes(kube, flow, 'calico');
    if (!nodes) return { unseen: [], ebpf: false };
    const pods = (await podsOfFlow(kube, flow)).filter(({ host, address }) => !host && address !== '');
    const looked = await eachNode(nodes, async (place) => {
      const own = pods.filter((one) => one.node === place.node);
      const run = node(place.node);
      const [{ tables }, ...ways] = await Promise.all([
        nodeRules(run, familyOf(pods[0]?.address ?? '')),
        ...own.map(({ address }) => run.run(routeToAddress, { address })),
      ]);
      const { backends, devices } = calicoRules(tables);
      const known = own.map(({ pod }, index) => ({ pod, device: ways[index]?.device ?? '' }));
      return {
        backends,
        covered: devices.length,
        // A Pod of another network behind the same agent (Canal's bridge) has no device of its own here.
        pods: known
          .filter(({ device }) => device.startsWith('cali'))
          .map((one) => ({ ...one, covered: devices.includes(one.device) })),
      };
    });
    const none = looked.seen.every(({ backends }) => backends.length === 0);
    return { ...looked, ebpf: none && (await isEbpf(kube)) };
  },

  interpret({ seen, unseen, ebpf }) {
    if (!seen) return { outcome: 'not-calico' };
    const nodes = seen.map(({ node }) => node);
    const bare = seen
      .filter(({ covered }) => covered > 0)
      .flatMap(({ node, pods }) => pods.map((pod) => ({ ...pod, node })))
      .find(({ covered }) => !covered);
    if (bare)
      return {
        outcome: 'pod-without-rules',
        facts: facts({ node: bare.node, 'bare-pod': bare.pod, device: bare.device }),
      };
    const both = seen.find(({ backends }) => backends.length > 1);
    if (both) return { outcome: 'two-places', facts: facts({ node: both.node, backends: both.backends }) };
    if (ebpf) return { outcome: 'by-ebpf', facts: facts({ nodes }) };
    if (seen.every(({ backends }) => backends.length === 0)) return { outcome: 'no-rules', facts: facts({ nodes }) };
    const [missing] = unseen;
    if (missing) return { outcome: 'partly-seen', facts: facts({ nodes, unseen: missing.node, why: missing.why }) };
    return { outcome: 'covered', facts: facts({ nodes }) };
  },
});
