/** An address of a Node that was asked for on the link, and who claimed it. */
export interface Claim {
  readonly node: string;
  readonly other: string;
  readonly address: string;
  readonly owners: readonly string[];
}

/** The hardware addresses of one Node, as it shows them itself. */
export interface Hardware {
  readonly node: string;
  readonly macs: readonly string[];
  /** Of the device that carries its address. */
  readonly uplink: string;
}

export type ClaimWord =
  | 'same-hardware-address'
  | 'stranger-answers'
  | 'several-nodes-answer'
  | 'answered-by-another'
  | 'two-answer'
  | 'one-owner'
  | 'unsure'
  | 'silent';

export interface JudgedClaim {
  readonly word: ClaimWord;
  readonly owner: string;
  /** The Node that this hardware address belongs to, where it is one that was looked at. */
  readonly ownedBy: string;
}

const nodeWith = (nodes: readonly Hardware[], mac: string) => nodes.find(({ macs }) => macs.includes(mac))?.node ?? '';

/**
 * A router, or the switch of a cloud, may answer for everybody behind it (proxy ARP): then one hardware address stands
 * for several hosts, and none of the hosts is at fault.
 */
const isStandIn = (owner: string, { address }: Claim, claims: readonly Claim[]) =>
  claims.some((one) => one.address !== address && one.owners.includes(owner));

const single = (claim: Claim, claims: readonly Claim[], nodes: readonly Hardware[]): JudgedClaim => {
  const [owner = ''] = claim.owners;
  const ownedBy = nodeWith(nodes, owner);
  if (isStandIn(owner, claim, claims)) return { word: 'one-owner', owner, ownedBy };
  // One answer from elsewhere is only odd on a link where another Node answers for itself.
  const others = claims.filter(({ address }) => address !== claim.address);
  const usual = others.some(({ other, owners }) =>
    nodes.some(({ node, macs }) => node === other && owners.every((mac) => macs.includes(mac))),
  );
  return { word: usual ? 'answered-by-another' : 'unsure', owner, ownedBy };
};

const twinOf = ({ other }: Claim, nodes: readonly Hardware[]) => {
  const uplink = nodes.find(({ node }) => node === other)?.uplink;
  return uplink ? nodes.find((one) => one.node !== other && one.uplink === uplink) : undefined;
};

// Several cards of one machine on one link all answer (arp_ignore), which only the machine itself can tell.
const unstranged = (
  { owners: [owner = ''], ...claim }: Claim,
  { alone, own }: { alone: boolean; own: boolean },
): JudgedClaim => ({
  word: own || alone ? 'one-owner' : 'two-answer',
  owner,
  ownedBy: own ? claim.other : '',
});

/** What the claims to one address come to. A Node that shows its own devices is believed. */
export const judgeClaim = (claim: Claim, claims: readonly Claim[], nodes: readonly Hardware[]): JudgedClaim => {
  const twin = twinOf(claim, nodes);
  if (twin) return { word: 'same-hardware-address', owner: twin.uplink, ownedBy: twin.node };
  if (claim.owners.length === 0) return { word: 'silent', owner: '', ownedBy: '' };
  const own = nodes.find(({ node }) => node === claim.other);
  const alone = claim.owners.length === 1;
  const stranger = own && claim.owners.find((mac) => !own.macs.includes(mac));
  if (stranger === undefined) return unstranged(claim, { alone, own: own !== undefined });
  if (alone) return single(claim, claims, nodes);
  const ownedBy = nodeWith(nodes, stranger);
  return { word: ownedBy === '' ? 'stranger-answers' : 'several-nodes-answer', owner: stranger, ownedBy };
};
