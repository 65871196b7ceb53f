import type { FlannelLease } from './flannel-lease.js';

interface Route {
  readonly type: string;
  readonly gateway?: string | undefined;
  readonly dev: string;
}

interface Way {
  readonly node: string;
  readonly address: string;
  readonly way: { readonly class: string; readonly route?: Route | undefined };
}

/** The ways of one Node, as it says itself. */
export interface Ways {
  readonly node: string;
  readonly addresses: readonly string[];
  readonly tunnels: readonly string[];
  readonly toNodes: readonly Way[];
  readonly defaults: readonly { readonly gateway: string; readonly dev: string }[];
  readonly known: readonly string[];
}

export type RouteWord = 'no-route' | 'refused' | 'kept-here' | 'wrong-next-hop' | 'own-pods-elsewhere' | 'fits';

interface Hop {
  readonly here: Ways;
  readonly to: Way;
  readonly route: Route;
  /** The lease of the Node that the Pod is on. */
  readonly lease: FlannelLease | undefined;
  readonly leases: readonly FlannelLease[];
}

const isFlannels = (lease: FlannelLease | undefined): lease is FlannelLease => (lease?.backend ?? '') !== '';

const onLink = ({ here, to, route }: Hop): RouteWord => {
  // In a flat network a Pod is as near as its Node, so both are reached by the same device.
  const beside = here.toNodes.find(({ node }) => node === to.node)?.way.route;
  const flat = beside?.dev === route.dev && beside.gateway === undefined;
  return flat || here.tunnels.includes(route.dev) ? 'fits' : 'kept-here';
};

const throughTunnel = ({ to, route, lease }: Hop): RouteWord => {
  if (lease?.backend !== 'vxlan' || lease.node !== to.node) return 'fits';
  const ends = lease.ranges.map((range) => range.split('/')[0]);
  return ends.includes(route.gateway) ? 'fits' : 'wrong-next-hop';
};

// Where the cloud or a router knows the Pods of every Node, the default gateway is the right way to all of them.
const byDefault = ({ here, lease, to }: Hop): RouteWord =>
  isFlannels(lease) || here.known.some((node) => node !== to.node) ? 'no-route' : 'fits';

const isDefault = ({ here, route }: Hop) =>
  here.defaults.some(({ gateway, dev }) => gateway === route.gateway && dev === route.dev);

const addressesOf = ({ addresses, publicAddress }: FlannelLease) => [...addresses, publicAddress];

const byGateway = (hop: Hop): RouteWord => {
  const { here, route, lease, leases } = hop;
  const gateway = route.gateway ?? '';
  // An agent with its programs in the kernel routes by an address of the Node itself (Cilium: cilium_host).
  if (here.addresses.includes(gateway)) return 'fits';
  if (here.tunnels.includes(route.dev)) return throughTunnel(hop);
  if (lease && addressesOf(lease).includes(gateway)) return 'fits';
  if (leases.some((other) => other !== lease && addressesOf(other).includes(gateway))) return 'wrong-next-hop';
  if (isDefault(hop)) return byDefault(hop);
  return isFlannels(lease) ? 'wrong-next-hop' : 'fits';
};

const away = (hop: Hop): RouteWord => {
  if (hop.route.type === 'local') return 'kept-here';
  return hop.route.gateway === undefined ? onLink(hop) : byGateway(hop);
};

/** What is wrong with the way that one Node would take to one Pod; `undefined` where its answer was not understood. */
export const routeWord = (here: Ways, to: Way, leases: readonly FlannelLease[]): RouteWord | undefined => {
  const { class: spoken, route } = to.way;
  const own = to.node === here.node;
  if (spoken === 'none') return own ? 'own-pods-elsewhere' : 'no-route';
  if (spoken === 'refused') return 'refused';
  if (!route) return undefined;
  if (own) return route.gateway === undefined ? 'fits' : 'own-pods-elsewhere';
  return away({ here, to, route, lease: leases.find(({ node }) => node === to.node), leases });
};
