import type { Facts } from '../../domain/finding.js';
import type { FlannelLease } from '../../domain/flannel-lease.js';
import { defineStep } from '../../domain/step.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { ipRoutes } from '../../queries/links/ip-routes.js';
import { routeTo } from '../../queries/links/route-to.js';
import type { Way } from '../../queries/probes/route-view.js';
import { type WaysOfFlow, waysOfFlow, waysSchema } from '../../queries/probes/ways-of-flow.js';

type Seen = WaysOfFlow['seen'][number];
type Word = 'not-neighbours' | 'by-router' | 'neighbours' | 'tunnelled';
interface Judged {
  readonly here: Seen;
  readonly toNode: Way;
  readonly toPod: Way;
  readonly word: Word;
}

const isBare = (lease: FlannelLease | undefined) => lease?.backend === 'host-gw';
const leadsTo = ({ way }: Way, { addresses, publicAddress }: FlannelLease) =>
  [...addresses, publicAddress].includes(way.route?.gateway ?? '');

/** What carries the packets to a Pod of another Node, and whether that Node is on the own link. */
const wordOf = ({ here, toNode, toPod }: Omit<Judged, 'word'>, leases: readonly FlannelLease[]): Word => {
  if (here.tunnels.includes(toPod.way.route?.dev ?? '')) return 'tunnelled';
  if (toNode.way.class !== 'route' || toNode.way.route?.gateway === undefined) return 'neighbours';
  const there = leases.find(({ node }) => node === toNode.node);
  // The kernel takes a next hop that is not on the link only by force (onlink), which routers of clouds make use of.
  return isBare(there) && there && !leadsTo(toPod, there) ? 'not-neighbours' : 'by-router';
};

const judgedIn = ({ seen, leases }: WaysOfFlow): Judged[] =>
  seen
    .filter(({ role }) => role !== 'peer')
    .flatMap((here) =>
      here.toPods
        .filter(({ node }) => node !== here.node)
        .flatMap((toPod) => {
          const toNode = here.toNodes.find(({ node }) => node === toPod.node);
          const pair = toNode && { here, toNode, toPod };
          return pair ? [{ ...pair, word: wordOf(pair, leases) }] : [];
        }),
    );

const worstFirst: readonly Word[] = ['not-neighbours', 'by-router', 'neighbours', 'tunnelled'];

const say = ({ way: { route } }: Way) =>
  route ? [route.gateway && `via ${route.gateway}`, `dev ${route.dev}`].filter(Boolean).join(' ') : '-';

const unsaid = ({ node, why }: WaysOfFlow['unseen'][number]): Facts => ({ unseen: node, why });

export default defineStep({
  stage: 'cni',
  hop: 'overlay',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [ipLinks, ipRoutes, routeTo],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: waysSchema,
  outcomes: {
    neighbours: 'pass',
    tunnelled: 'pass',
    'not-neighbours': 'fail',
    // Right where the routers know the Pods of every node, as with BGP or in the network of a cloud.
    'by-router': 'warn',
    'partly-seen': 'unsure',
    'one-node': 'unsure',
  },

  collect: (ports, flow) => waysOfFlow(ports, flow),

  interpret(evidence) {
    const judged = judgedIn(evidence);
    const word = worstFirst.find((wanted) => judged.some((one) => one.word === wanted));
    const worst = judged.find((one) => one.word === word);
    const missing = evidence.unseen.find(({ role }) => role !== 'peer');
    if (missing && word !== 'not-neighbours') return { outcome: 'partly-seen', facts: unsaid(missing) };
    if (!word || !worst) return { outcome: 'one-node' };
    const { here, toNode, toPod } = worst;
    const facts: Facts = {
      ...{ node: here.node, other: toNode.node, address: toNode.address, gateway: toNode.way.route?.gateway ?? '-' },
      ...{ 'pod-address': toPod.address, found: say(toPod), device: toPod.way.route?.dev ?? '-' },
    };
    return { outcome: word, facts };
  },
});
