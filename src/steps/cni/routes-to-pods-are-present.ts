import type { Facts } from '../../domain/finding.js';
import { type RouteWord, routeWord } from '../../domain/pod-route.js';
import { holds } from '../../domain/ranges.js';
import { defineStep } from '../../domain/step.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { ipRoutes } from '../../queries/links/ip-routes.js';
import { routeTo } from '../../queries/links/route-to.js';
import type { Way } from '../../queries/probes/route-view.js';
import { type WaysOfFlow, waysOfFlow, waysSchema } from '../../queries/probes/ways-of-flow.js';

type Seen = WaysOfFlow['seen'][number];
interface Found {
  readonly here: Seen;
  readonly to: Way;
  readonly word: RouteWord | undefined;
}

type Wrong = Found & { readonly word: Exclude<RouteWord, 'fits'> };

const foundIn = ({ seen, leases }: WaysOfFlow): Found[] =>
  seen.flatMap((here) => here.toPods.map((to) => ({ here, to, word: routeWord(here, to, leases) })));

const isWrong = (found: Found): found is Wrong => found.word !== 'fits' && found.word !== undefined;

/** The flow goes from the Node of its source to every destination, and back. */
const touches = ({ here, to }: Found, { pods }: WaysOfFlow): boolean => {
  if (here.role !== 'destination') return here.role === 'source';
  const isSource = pods.some(({ address, role }) => address === to.address && role === 'source');
  return isSource || to.node === here.node;
};

// Other networks than flannel give addresses by pools of their own, whatever range the Node was given.
const rangesOfNode = ({ leases }: WaysOfFlow, name: string) =>
  leases.find(({ node, backend }) => node === name && backend !== '')?.ranges ?? [];

/** No route leads to what lies in no range of its Node: then not the route is wrong, but the address. */
const outcomeOf = ({ word, to }: Wrong, evidence: WaysOfFlow) => {
  const ranges = rangesOfNode(evidence, to.node);
  const isStray = ranges.length > 0 && !ranges.some((range) => holds(range, to.address));
  return word === 'no-route' && isStray ? 'stray-address' : word;
};

const say = ({ way: { class: spoken, route, message } }: Way): string => {
  if (!route) return spoken === 'none' ? '-' : message;
  return [route.type === 'unicast' ? '' : route.type, route.gateway ? `via ${route.gateway}` : '', `dev ${route.dev}`]
    .filter((word) => word !== '')
    .join(' ');
};

const told = ({ here, to }: Found, evidence: WaysOfFlow): Facts => ({
  node: here.node,
  other: to.node,
  address: to.address,
  pod: evidence.pods.find(({ address }) => address === to.address)?.pod ?? '',
  range: rangesOfNode(evidence, to.node).join(', ') || '-',
  found: say(to),
});

const unknownIn = ({ seen, unseen }: WaysOfFlow, found: readonly Found[]): Facts | undefined => {
  const nodes = seen.map(({ node }) => node);
  const missing = unseen.find(({ role }) => role !== 'peer');
  if (missing) return { nodes, unseen: missing.node, why: missing.why };
  const unread = found.find(({ word }) => word === undefined);
  return unread && { nodes, unseen: unread.here.node, why: say(unread.to) };
};

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [ipLinks, ipRoutes, routeTo],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: waysSchema,
  outcomes: {
    present: 'pass',
    'no-route': 'fail',
    'stray-address': 'fail',
    refused: 'fail',
    'kept-here': 'fail',
    'wrong-next-hop': 'fail',
    'own-pods-elsewhere': 'fail',
    'wrong-elsewhere': 'warn',
    'partly-seen': 'unsure',
    'no-address': 'unsure',
  },

  collect: (ports, flow) => waysOfFlow(ports, flow),

  interpret(evidence) {
    const found = foundIn(evidence);
    const wrong = found.filter(isWrong);
    const own = wrong.find((one) => touches(one, evidence));
    if (own) return { outcome: outcomeOf(own, evidence), facts: told(own, evidence) };
    if (wrong[0]) return { outcome: 'wrong-elsewhere', facts: told(wrong[0], evidence) };
    if (found.length === 0) return { outcome: 'no-address' };
    const unknown = unknownIn(evidence, found);
    if (unknown) return { outcome: 'partly-seen', facts: unknown };
    const addresses = [...new Set(found.map(({ to }) => to.address))];
    return { outcome: 'present', facts: { nodes: evidence.seen.map(({ node }) => node), addresses } };
  },
});
