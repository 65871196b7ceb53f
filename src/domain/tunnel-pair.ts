import type { FlannelLease } from './flannel-lease.js';

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

const missing = ({ here: { tunnel } }: TunnelPair) => {
  if (tunnel?.up) return undefined;
  return trouble('no-tunnel', tunnel ? `${tunnel.name} down` : '-', 'flannel.1 up');
};

// With several network cards flannel may rightly announce another address than the kubelet does. So only the Node
// itself can show that an address is not its own.
const announced = ({ there, other }: TunnelPair) => {
  const { publicAddress, overwritten, addresses } = there;
  if (!other || overwritten || publicAddress === '' || other.addresses.includes(publicAddress)) return undefined;
  return trouble('wrong-public-address', publicAddress, addresses.join(', '));
};

const shape = (id: number | undefined, port: number | undefined) => `VNI ${id ?? '?'} port ${port ?? '?'}`;

const differing = ({ here, lease, there, other }: TunnelPair) => {
  if (lease.backend !== there.backend) return trouble('tunnels-differ', lease.backend, there.backend);
  const [mine, theirs] = [here.tunnel, other?.tunnel];
  const id = theirs?.id ?? there.id;
  const sameId = mine?.id === undefined || id === undefined || mine.id === id;
  const samePort = mine?.port === undefined || theirs?.port === undefined || mine.port === theirs.port;
  return sameId && samePort
    ? undefined
    : trouble('tunnels-differ', shape(mine?.id, mine?.port), shape(id, theirs?.port));
};

const unanswered = ['FAILED', 'INCOMPLETE', 'NOARP', ''];

const entryOf = ({ here, there }: TunnelPair) => here.peers.find(({ node }) => node === there.node);

const addressed = (pair: TunnelPair) => {
  const { mac = '', state = '' } = entryOf(pair) ?? {};
  const wanted = pair.other?.tunnel?.mac ?? pair.there.mac;
  if (mac === '' || unanswered.includes(state)) return trouble('no-hardware-address', state || '-', wanted);
  if (wanted === '' || mac === wanted) return undefined;
  return trouble('old-hardware-address', mac, wanted);
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
