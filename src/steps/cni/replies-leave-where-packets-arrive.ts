import { type Arrival, arrivals } from '../../domain/arrival.js';
import type { Facts } from '../../domain/finding.js';
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

type Odd = Arrival & { readonly node: string; readonly filter: number };

// The stricter of the two counts (ip-sysctl: "The max value from conf/{all,interface}/rp_filter is used").
const filterOn = ({ settings }: ForwardingOfFlow, node: string, dev: string) => {
  const own = settings.find((one) => one.node === node);
  const device = own?.devices.find((one) => one.dev === dev);
  return Math.max(Number(own?.filter ?? 0), Number(device?.filter ?? 0));
};

/** Only between the Node of the source and the others: no packet of the flow goes elsewhere. */
const oddOnes = (evidence: ForwardingOfFlow): Odd[] => {
  const ends = evidence.seen.filter(({ role }) => role !== 'peer');
  const pairs = ends.flatMap((here) =>
    ends
      .filter((other) => other !== here && [here.role, other.role].includes('source'))
      .map((other) => ({ here, other })),
  );
  return pairs.flatMap(({ here, other }) =>
    arrivals(here, other)
      .filter(({ by, back }) => by !== back)
      .map((one) => ({ ...one, node: here.node, filter: filterOn(evidence, here.node, one.by) })),
  );
};

const told = ({ node, address, by, back, filter }: Odd): Facts => ({ node, address, device: by, back, filter });

const unsaid = ({ node, why }: ForwardingOfFlow['unseen'][number]): Facts => ({ unseen: node, why });

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [ipLinks, ipRoutes, routeTo, kernelSettings],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: forwardingOfFlowSchema,
  outcomes: {
    same: 'pass',
    filtered: 'fail',
    asymmetric: 'warn',
    'one-node': 'unsure',
    'partly-seen': 'unsure',
  },

  collect: (ports, flow) => forwardingOfFlow(ports, flow),

  interpret(evidence) {
    const odd = oddOnes(evidence);
    const strict = odd.find(({ filter }) => filter === 1);
    if (strict) return { outcome: 'filtered', facts: told(strict) };
    if (odd[0]) return { outcome: 'asymmetric', facts: told(odd[0]) };
    const missing = evidence.unseen.find(({ role }) => role !== 'peer');
    if (missing) return { outcome: 'partly-seen', facts: unsaid(missing) };
    const nodes = evidence.seen.filter(({ role }) => role !== 'peer').map(({ node }) => node);
    return nodes.length > 1 ? { outcome: 'same', facts: { nodes } } : { outcome: 'one-node' };
  },
});
