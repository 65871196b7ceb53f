import { z } from 'zod';
import { type Claim, type ClaimWord, type JudgedClaim, judgeClaim } from '../../domain/address-claims.js';
import type { Facts } from '../../domain/finding.js';
import { type FlowNode, flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { internalAddress } from '../../domain/node-address.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { addressOwners } from '../../queries/links/address-owners.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { routeTo } from '../../queries/links/route-to.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';
import { readable } from '../../queries/probes/readable-rows.js';

const claimSchema = z.strictObject({
  other: z.string(),
  address: z.string(),
  device: z.string(),
  owners: z.array(z.string()),
});
const seenSchema = z.strictObject({
  ...flowNodeSchema.shape,
  macs: z.array(z.string()),
  uplink: z.string(),
  claims: z.array(claimSchema),
  /** Asked of a router, as no switch lies between. */
  beyond: z.array(z.string()),
});
type Node = RunPort<typeof addressOwners | typeof ipLinks | typeof routeTo>;
interface Known {
  readonly node: string;
  readonly address: string;
}

const isIpv4 = (address: string) => z.ipv4().safeParse(address).success;

const claimOn = async (node: Node, { node: other, address }: Known) => {
  const { route } = await node.run(routeTo, { address });
  if (!route || route.gateway !== undefined || route.type !== 'unicast') return { other, beyond: true as const };
  const said = await node.run(addressOwners, { device: route.dev, address });
  return said.understood
    ? { other, address, device: route.dev, owners: said.owners }
    : { other, beyond: true as const };
};

const hardwareOf = async (node: Node, address: string) => {
  const links = readable(await node.run(ipLinks, {}), 'The network devices');
  const own = links.find(({ addresses }) => addresses.some((one) => one.address === address));
  // Devices of this kind have the hardware address of the one below, which other hosts on the same machine have, too.
  const uplink = own && own.kind !== 'ipvlan' ? own.mac.toLowerCase() : '';
  return { macs: [...new Set(links.map(({ mac }) => mac.toLowerCase()))], uplink };
};

const worstFirst: readonly ClaimWord[] = [
  'same-hardware-address',
  'stranger-answers',
  'several-nodes-answer',
  'answered-by-another',
  'two-answer',
];

const twinsOf = (ids: Readonly<Record<string, string>>) => {
  const named = Object.entries(ids).filter(([, id]) => id !== '');
  return named.find(([node, id]) => named.some(([other, its]) => other !== node && its === id))?.[1];
};

const claimFacts = (
  { claim, owner, ownedBy }: JudgedClaim & { claim: Claim },
  seen: readonly z.infer<typeof seenSchema>[],
): Facts => ({
  ...{ node: claim.node, other: claim.other, address: claim.address, owners: [...claim.owners] },
  ...{ owner, 'owned-by': ownedBy || '-', own: seen.find(({ node }) => node === claim.other)?.uplink || '-' },
});

export default defineStep({
  stage: 'cni',
  hop: 'overlay',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [addressOwners, ipLinks, routeTo],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.object({
    seen: z.array(seenSchema),
    unseen: z.array(unseenSchema),
    /** What systemd calls the machine, by Node. */
    machines: z.record(z.string(), z.string()),
  }),
  outcomes: {
    'one-owner': 'pass',
    'same-hardware-address': 'fail',
    'stranger-answers': 'fail',
    'several-nodes-answer': 'fail',
    'answered-by-another': 'fail',
    // Two cards of one machine do so as well, and this machine could not be asked.
    'two-answer': 'warn',
    // Clones have their clients of DHCP in common, too; where each has an address of its own, that breaks nothing.
    'same-machine-id': 'warn',
    'not-told': 'unsure',
    'not-on-link': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const nodes = await nodesOfFlow(kube, flow);
    const objects = await Promise.all(nodes.map((place) => kube.get('nodes', { name: place.node })));
    const known = nodes.map((place, index) => ({ node: place.node, address: internalAddress(objects[index]) ?? '' }));
    const machines = nodes.map((place, index) => [place.node, objects[index]?.status?.nodeInfo?.machineID ?? '']);
    const look = async (place: FlowNode) => {
      const run = node(place.node);
      const others = known.filter((one) => one.node !== place.node && isIpv4(one.address));
      const own = known.find((one) => one.node === place.node)?.address ?? '';
      const [hardware, asked] = await Promise.all([
        hardwareOf(run, own),
        Promise.all((place.role === 'peer' ? [] : others).map((other) => claimOn(run, other))),
      ]);
      return {
        ...hardware,
        claims: asked.flatMap((one) => ('beyond' in one ? [] : [one])),
        beyond: asked.flatMap((one) => ('beyond' in one ? [one.other] : [])),
      };
    };
    return { ...(await nodesOfEnds(nodes, look)), machines: Object.fromEntries(machines) as Record<string, string> };
  },

  interpret({ seen, machines }) {
    const claims = seen.flatMap(({ node, claims: own }) => own.map((claim) => ({ node, ...claim })));
    const judged = claims.map((claim) => ({
      claim,
      ...judgeClaim(
        claim,
        claims.filter(({ node }) => node === claim.node),
        seen,
      ),
    }));
    const word = worstFirst.find((wanted) => judged.some((one) => one.word === wanted));
    const worst = judged.find((one) => one.word === word) ?? judged[0];
    const twin = twinsOf(machines);
    const facts: Facts = {
      ...(worst ? claimFacts(worst, seen) : {}),
      addresses: [...new Set(claims.map(({ address }) => address))],
      nodes: Object.keys(machines).filter((node) => machines[node] === twin),
      'machine-id': twin ?? '',
    };
    if (word) return { outcome: word as Exclude<ClaimWord, 'one-owner' | 'unsure' | 'silent'>, facts };
    if (judged.some((one) => one.word === 'one-owner')) return { outcome: 'one-owner', facts };
    if (twin) return { outcome: 'same-machine-id', facts };
    return { outcome: judged.length === 0 ? 'not-on-link' : 'not-told', facts };
  },
});
