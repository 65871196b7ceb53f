import { z } from 'zod';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { cardFeatures } from '../../queries/kernel/card-features.js';
import { type PlacePair, type Window, windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

const names = ['TcpInCsumErrors', 'UdpInCsumErrors'] as const;
const wrong = (pair: PlacePair) => names.reduce((sum, name) => sum + risen(pair, ({ mib }) => mib[name]), 0);

const tunnel = /^(flannel|vxlan|geneve|cilium_vxlan|cilium_geneve)/;
const offload = 'tx-checksum-ip-generic';

/** Whether the tunnels of the Nodes leave the checksum to the card. */
const offloadsOf = (window: Window, node: (name: string) => RunPort<typeof cardFeatures>) =>
  Promise.all(
    window.seen.flatMap(({ node: name, after }) =>
      Object.keys(after.devices)
        .filter((device) => tunnel.test(device))
        .slice(0, 2)
        .map(async (device) => {
          const state = (await ifReadable(node(name).run(cardFeatures, { device })))?.[offload];
          return { node: name, device, state: state === undefined ? '-' : state ? 'on' : 'off' };
        }),
    ),
  );

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [...windowQueries, cardFeatures],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: windowSchema.extend({
    offloads: z.array(z.strictObject({ node: z.string(), device: z.string(), state: z.string() })).default([]),
  }),
  outcomes: { sound: 'pass', 'wrong-checksums': 'fail', 'wrong-unfelt': 'warn', 'not-counted': 'unsure' },

  async collect(ports, flow) {
    const window = await watchFlow(ports, flow);
    return { ...window, offloads: await offloadsOf(window, ports.node) };
  },

  interpret(window) {
    const counted = window.seen.filter(({ after, role }) => role !== 'peer' && names.some((name) => name in after.mib));
    const [worst] = counted.toSorted((a, b) => wrong(b) - wrong(a));
    if (!worst) return { outcome: 'not-counted' };
    const facts = {
      ...{ node: worst.node, wrong: wrong(worst), failed: failing(window), tries: window.connects?.of ?? 0 },
      ...{ address: window.address, nodes: counted.map(({ node }) => node) },
      offloads: window.offloads.map(({ node, device, state }) => `${node} ${device} ${state}`),
    };
    if (facts.wrong === 0) return { outcome: 'sound', facts };
    return { outcome: facts.failed > 0 && facts.wrong >= facts.failed ? 'wrong-checksums' : 'wrong-unfelt', facts };
  },
});
