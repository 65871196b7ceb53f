import type { Facts } from '../../domain/finding.js';
import type { EndOf, Flow } from '../../domain/flow.js';
import { defineStep } from '../../domain/step.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { ipRoutes } from '../../queries/links/ip-routes.js';
import { routeTo } from '../../queries/links/route-to.js';
import {
  type ForwardingOfFlow,
  forwardingOfFlow,
  forwardingOfFlowSchema,
} from '../../queries/probes/forwarding-of-flow.js';

/** What a Pod sends to the node it is on goes no further. */
const leavesNode = ({ pods, leases }: ForwardingOfFlow, { name }: EndOf<'node'>) =>
  pods.some(({ node }) => node !== name && !leases.some((one) => one.node === node && one.addresses.includes(name)));

/** Where all ends share a bridge, packets go from port to port and nobody forwards them. */
const leavesBridge = (evidence: ForwardingOfFlow, { to }: Pick<Flow, 'to'>) => {
  if (to.kind === 'node') return leavesNode(evidence, to);
  return to.kind !== 'pod' || new Set(evidence.pods.map(({ node }) => node)).size > 1;
};

/** Nodes with an end of the flow that has a network of its own; a program in that of its node needs no forwarding. */
const forwarders = (evidence: ForwardingOfFlow, flow: Pick<Flow, 'to'>): string[] =>
  leavesBridge(evidence, flow) ? evidence.pods.filter(({ host }) => !host).map(({ node }) => node) : [];

const offDevice = ({ devices }: ForwardingOfFlow['settings'][number], used: readonly string[]) =>
  devices.find(({ dev, forwarding }) => forwarding === '0' && used.includes(dev));

const usedOn = ({ seen }: ForwardingOfFlow, node: string) =>
  (seen.find((one) => one.node === node)?.toPods ?? []).flatMap(({ way: { route } }) => route?.dev ?? []);

const switchedOff = (evidence: ForwardingOfFlow): { node: string; setting: string }[] =>
  evidence.settings.flatMap((one) => {
    if (one.forwarding === '0') return [{ node: one.node, setting: 'net.ipv4.ip_forward' }];
    const device = offDevice(one, usedOn(evidence, one.node));
    return device ? [{ node: one.node, setting: `net.ipv4.conf.${device.dev}.forwarding` }] : [];
  });

const unknownIn = ({ unseen, settings }: ForwardingOfFlow): Facts | undefined => {
  const mute = settings.find(({ forwarding }) => forwarding === undefined);
  const missing = unseen.find(({ role }) => role !== 'peer') ?? (mute && { node: mute.node, why: 'sysctl' });
  return missing && { unseen: missing.node, why: missing.why };
};

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [ipLinks, ipRoutes, routeTo, kernelSettings],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip', 'host', 'node'],
  evidence: forwardingOfFlowSchema,
  outcomes: {
    forwards: 'pass',
    'switched-off': 'fail',
    'off-on-a-device': 'fail',
    'off-elsewhere': 'warn',
    'partly-seen': 'unsure',
  },

  collect: (ports, flow) => forwardingOfFlow(ports, flow),

  interpret(evidence, flow) {
    const needed = forwarders(evidence, flow);
    const off = switchedOff(evidence);
    const own = off.find(({ node }) => needed.includes(node));
    const nodes = evidence.settings.map(({ node }) => node);
    if (own) {
      const whole = own.setting === 'net.ipv4.ip_forward';
      return { outcome: whole ? 'switched-off' : 'off-on-a-device', facts: { ...own, nodes } };
    }
    if (off[0]) return { outcome: 'off-elsewhere', facts: { ...off[0], nodes } };
    const unknown = unknownIn(evidence);
    return { outcome: unknown ? 'partly-seen' : 'forwards', facts: { nodes, ...unknown } };
  },
});
