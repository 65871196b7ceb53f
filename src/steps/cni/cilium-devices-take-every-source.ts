import { z } from 'zod';
import { facts } from '../../domain/finding.js';
import { type FlowNode, flowNodeSchema } from '../../domain/flow-nodes.js';
import { pluginNodes } from '../../domain/plugin-nodes.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { kernelCounters } from '../../queries/kernel/kernel-counters.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { endsOf, podPairSchema, probed } from '../../queries/probes/flow-probe.js';
import { deviceNames } from '../../queries/rules/device-names.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const seenSchema = z.object({
  ...flowNodeSchema.shape,
  /** Devices of Pods where the kernel drops what it would not answer by the same device. */
  strict: z.array(z.string()),
  devices: z.int(),
  /** How often it did so while the probe ran; absent where nobody counts. */
  rise: z.number().optional(),
});
type Node = RunPort<typeof kernelCounters | typeof kernelSettings | typeof deviceNames>;

const counter = 'TcpExtIPReversePathFilter';
const most = 50;
const setting = (device: string) => `net.ipv4.conf.${device}.rp_filter`;

const strictOn = async (node: Node) => {
  const { names } = await node.run(deviceNames, {});
  const pods = names.filter((name) => /^lxc(?!_health)/.test(name)).slice(0, most);
  const { values } = await node.run(kernelSettings, { names: ['all', ...pods].map(setting) });
  const all = Number(values[setting('all')] ?? 0);
  // The larger of the two counts, and of the values only 1 drops (ip-sysctl, rp_filter).
  const strict = pods.filter((device) => Math.max(all, Number(values[setting(device)] ?? 0)) === 1);
  return { strict, devices: pods.length };
};

const countOn = async (node: Node, since?: string) => {
  const said = await node.run(kernelCounters, since === undefined ? {} : { since });
  return { count: said?.mib[counter], uptime: said?.uptime ?? '0' };
};

const watched = async (nodes: readonly FlowNode[], node: (name: string) => Node) =>
  await eachNode(nodes, async (place) => ({
    ...(await strictOn(node(place.node))),
    ...(await countOn(node(place.node))),
  }));

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [deviceNames, kernelSettings, kernelCounters, tcpConnect],
  from: ['pod'],
  to: ['service', 'pod'],
  evidence: z.object({
    here: z.boolean(),
    pair: podPairSchema.optional(),
    seen: z.array(seenSchema),
    unseen: z.array(unseenSchema),
  }),
  outcomes: {
    open: 'pass',
    filtered: 'fail',
    strict: 'warn',
    'no-devices': 'unsure',
    'partly-seen': 'unsure',
    'not-tried': 'unsure',
    'not-cilium': 'unsure',
  },

  async collect({ kube, node, pod }, flow) {
    const nodes = await pluginNodes(kube, flow, 'cilium');
    if (!nodes) return { here: false, seen: [], unseen: [] };
    const ends = await endsOf(kube, flow);
    if (!ends) return { here: true, seen: [], unseen: [] };
    const before = await watched(nodes, node);
    const pair = await probed(pod, flow.from, ends);
    const look = async (one: (typeof before.seen)[number]) => {
      const { count } = await countOn(node(one.node), one.uptime);
      const rise = one.count === undefined || count === undefined ? {} : { rise: Math.max(0, count - one.count) };
      return { node: one.node, role: one.role, strict: one.strict, devices: one.devices, ...rise };
    };
    return { here: true, pair, seen: await Promise.all(before.seen.map(look)), unseen: before.unseen };
  },

  interpret({ here, pair, seen, unseen }) {
    if (!here) return { outcome: 'not-cilium' };
    if (!pair) return { outcome: 'not-tried' };
    const { failed, of } = pair.connect;
    const strict = seen.filter((one) => one.strict.length > 0);
    const at = strict.find(({ rise = 0 }) => failed === of && rise >= failed) ?? strict[0];
    if (at) {
      const { node, rise = 0 } = at;
      const said = { node, devices: at.strict.slice(0, 5), counted: rise, failed, of };
      return { outcome: failed === of && rise >= failed ? 'filtered' : 'strict', facts: facts(said) };
    }
    if (unseen[0]) return { outcome: 'partly-seen', facts: facts({ unseen: unseen[0].node, why: unseen[0].why }) };
    const nodes = seen.map(({ node }) => node);
    return { outcome: seen.some(({ devices }) => devices > 0) ? 'open' : 'no-devices', facts: facts({ nodes }) };
  },
});
