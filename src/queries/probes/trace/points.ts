import type { Connection, Inside, Sighting } from './connections.js';
import { type Device, type DeviceRole, isTransparent, podBridge } from './devices.js';
import type { TracedNode } from './traced-node.js';

/** One place on the way of a connection, and what passed there. */
export interface Point {
  readonly node: string;
  readonly role: DeviceRole | 'inside';
  /** A word for the kind of device where its name is not known. */
  readonly device: string;
  readonly request: 'seen' | 'unseen' | 'unwatched';
  readonly reply: 'seen' | 'unseen' | 'unwatched';
}

export interface Way {
  readonly from: TracedNode;
  /** Absent where nobody listened on that node. */
  readonly to: TracedNode | undefined;
  readonly toName: string;
  /** The end is a process of the node itself. */
  readonly hostNetwork: boolean;
}

interface Spot {
  readonly node: string;
  readonly role: DeviceRole;
  readonly device: string | undefined;
  /** Of the request; the reply passes the other way round. */
  readonly way: 'in' | 'out';
}

const named = ({ devices }: TracedNode, role: DeviceRole) => devices.find((device) => device.role === role)?.name;
const tunnelOf = ({ devices, towards }: TracedNode) =>
  devices.find(({ name, role }) => name === towards && role === 'tunnel');
/** What one end wraps the other has to unwrap, whichever way its own routes lead back. */
const tunnelLike = (from: TracedNode, to: TracedNode) => {
  const kind = tunnelOf(from)?.kind;
  return tunnelOf(to) ?? to.devices.find((device) => device.role === 'tunnel' && device.kind === kind);
};

/** The devices of one node from its Pod to the wire. */
const outwards = (node: TracedNode, tunnel: Device | undefined, way: 'in' | 'out'): Spot[] => {
  const bridge = podBridge(node.devices);
  const other = way === 'in' ? 'out' : 'in';
  const spot = (role: DeviceRole, device: string | undefined, at: 'in' | 'out'): Spot[] => [
    { node: node.node, role, device, way: at },
  ];
  return [
    ...(named(node, 'pod') === undefined ? [] : spot('pod', undefined, way)),
    ...(bridge === undefined ? [] : spot('bridge', bridge, way)),
    ...(tunnel === undefined ? [] : spot('tunnel', tunnel.name, other)),
    ...(isTransparent(tunnel) ? spot('uplink', named(node, 'uplink'), other) : []),
  ];
};

/** p1 to p10 as far as this cluster has them. Between Pods of one node frames can pass below the bridge itself. */
const spotsOf = ({ from, to, toName, hostNetwork }: Way): Spot[] => {
  const start = outwards(from, tunnelOf(from), 'in');
  if (toName === from.node) {
    const [first] = start;
    return [
      ...(first ? [first] : []),
      ...(hostNetwork ? [] : [{ node: toName, role: 'pod' as const, device: undefined, way: 'out' as const }]),
    ];
  }
  if (!to) return [...start, { node: toName, role: 'uplink', device: undefined, way: 'in' }];
  const end = outwards(to, tunnelLike(from, to), 'out').toReversed();
  return [...start, ...(hostNetwork ? end.filter(({ role }) => role === 'uplink') : end)];
};

const passes = (nodes: readonly TracedNode[], spot: Spot, way: 'in' | 'out') => (packet: Sighting) => {
  if (packet.node !== spot.node || packet.way !== way) return false;
  const device = nodes.find(({ node }) => node === packet.node)?.devices.find(({ name }) => name === packet.device);
  return spot.device === undefined ? device?.role === spot.role : packet.device === spot.device;
};

/** What of a connection was seen on every device of its nodes, in the order of the way. */
const devicesPassed = (nodes: readonly TracedNode[], way: Way, { request, reply }: Connection): Point[] =>
  spotsOf(way).map((spot) => {
    const { node, role } = spot;
    if (!nodes.some((one) => one.node === node))
      return { node, role, device: role, request: 'unwatched', reply: 'unwatched' };
    const back = spot.way === 'in' ? 'out' : 'in';
    const there = request.filter(passes(nodes, spot, spot.way));
    const here = reply.filter(passes(nodes, spot, back));
    return {
      ...{ node, role },
      device: spot.device ?? there[0]?.device ?? here[0]?.device ?? role,
      request: there.length > 0 ? 'seen' : 'unseen',
      reply: here.length > 0 ? 'seen' : 'unseen',
    };
  });

/** A Pod that was listened to without a break: only there silence means something. */
const insidePoint = ({ pod, request, reply }: Inside, way: 'in' | 'out'): Point[] => {
  if (!pod.watched || pod.lost > 0) return [];
  const back = way === 'in' ? 'out' : 'in';
  const there = request.filter((packet) => packet.way === way);
  const here = reply.filter((packet) => packet.way === back);
  const device = [...there, ...here, ...pod.packets].find((packet) => packet.device !== undefined)?.device;
  return [
    {
      ...{ node: pod.node, role: 'inside', device: `${pod.pod}:${device ?? 'pod'}` },
      request: there.length > 0 ? 'seen' : 'unseen',
      reply: here.length > 0 ? 'seen' : 'unseen',
    },
  ];
};

/** What of a connection was seen at every point of its way, in the order of the way. `reached`: where it ends. */
export const pointsOf = (
  nodes: readonly TracedNode[],
  { way, reached }: { readonly way: Way; readonly reached: string },
  connection: Connection,
): Point[] => {
  const source = connection.inside.filter(({ pod }) => pod.role === 'source');
  const end = connection.inside.filter(({ pod }) => pod.role === 'destination' && pod.address === reached);
  return [
    ...source.flatMap((inside) => insidePoint(inside, 'out')),
    ...devicesPassed(nodes, way, connection),
    ...end.flatMap((inside) => insidePoint(inside, 'in')),
  ];
};
