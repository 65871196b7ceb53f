import { type FlannelLease, isSix } from './flannel-lease.js';

interface Tunnel {
  readonly name: string;
  readonly up: boolean;
  readonly mac: string;
  readonly id?: number | undefined;
  readonly port?: number | undefined;
}

/** One end of a tunnel as its own Node shows it. */
export interface TunnelEnd {
  readonly tunnel?: Tunnel | undefined;
  readonly addresses: readonly string[];
  readonly peers: readonly {
    readonly node: string;
    readonly mac?: string | undefined;
    readonly state: string;
    readonly hosts?: readonly string[] | undefined;
  }[];
}

export interface TunnelPair {
  readonly here: TunnelEnd;
  readonly lease: FlannelLease;
  /** The lease of the other Node, and the Node itself where it could be looked at. */
  readonly there: FlannelLease;
  readonly other?: TunnelEnd | undefined;
}

export interface TunnelTrouble {
  readonly word:
    | 'no-tunnel'
    | 'wrong-public-address'
    | 'tunnels-differ'
    | 'no-hardware-address'
    | 'old-hardware-address'
    | 'no-host-address'
    | 'old-host-address';
  readonly found: string;
  readonly wanted: string;
}

const trouble = (word: TunnelTrouble['word'], found: string, wanted: string): TunnelTrouble => ({
  word,
  found,
  wanted,
});

const missing = ({ here: { tunnel }, lease }: TunnelPair) => {
  if (tunnel?.up) return undefined;
  return trouble(
    'no-tunnel',
    tunnel ? `${tunnel.name} down` : '-',
    `${isSix(lease) ? 'flannel-v6.1' : 'flannel.1'} up`,
  );
};

// With several network cards flannel may rightly announce another address than the kubelet does. So only the Node
// itself can show that an address is not its own.
const announced = ({ there, other }: TunnelPair) => {
  const { publicAddress, overwritten, addresses } = there;
  if (!other || overwritten || publicAddress === '' || other.addresses.includes(publicAddress)) return undefined;
  return trouble('wrong-public-address', publicAddress, addresses.join(', '));
};

interface Shape {
  readonly id: number | undefined;
  readonly port: number | undefined;
}

const shapeOf = (tunnel: Tunnel | undefined): Shape => ({ id: tunnel?.id, port: tunnel?.port });
const say = ({ id, port }: Shape) => `VNI ${id ?? '?'} port ${port ?? '?'}`;
const agree = (mine: number | undefined, theirs: number | undefined) =>
  mine === undefined || theirs === undefined || mine === theirs;

const differing = ({ here, lease, there, other }: TunnelPair) => {
  if (lease.backend !== there.backend) return trouble('tunnels-differ', lease.backend, there.backend);
  const mine = shapeOf(here.tunnel);
  const theirs = other?.tunnel ? shapeOf(other.tunnel) : { id: there.id, port: undefined };
  return agree(mine.id, theirs.id) && agree(mine.port, theirs.port)
    ? undefined
    : trouble('tunnels-differ', say(mine), say(theirs));
};

const unanswered = ['FAILED', 'INCOMPLETE', 'NOARP', ''];

const entryOf = ({ here, there }: TunnelPair) => here.peers.find(({ node }) => node === there.node);
const macOf = ({ there, other }: TunnelPair) => other?.tunnel?.mac ?? there.mac;

const addressed = (pair: TunnelPair) => {
  const wanted = macOf(pair);
  const entry = entryOf(pair);
  if (!entry?.mac || unanswered.includes(entry.state))
    return trouble('no-hardware-address', entry?.state || '-', wanted);
  return wanted === '' || entry.mac === wanted ? undefined : trouble('old-hardware-address', entry.mac, wanted);
};

const hosted = (pair: TunnelPair) => {
  const { hosts } = entryOf(pair) ?? {};
  if (!hosts) return undefined;
  const { there, other } = pair;
  // Seen from inside, a Node behind address translation does not have its public address.
  const own = [...(other?.addresses ?? there.addresses), ...(other && !there.overwritten ? [] : [there.publicAddress])];
  if (hosts.length === 0) return trouble('no-host-address', '-', there.addresses.join(', '));
  return hosts.some((host) => own.includes(host))
    ? undefined
    : trouble('old-host-address', hosts.join(', '), there.addresses.join(', '));
};

/** What is wrong with the way by the tunnel from one Node to another, the first thing that packets would meet. */
export const troubleOf = (pair: TunnelPair): TunnelTrouble | undefined =>
  missing(pair) ?? announced(pair) ?? differing(pair) ?? addressed(pair) ?? hosted(pair);
