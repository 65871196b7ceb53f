import { z } from 'zod';
import type { Link } from '../../../parse/links/link.js';
import { isTunnel } from '../../../parse/links/tunnel-kinds.js';

const roleSchema = z.enum(['pod', 'bridge', 'tunnel', 'uplink', 'other']);
export type DeviceRole = z.infer<typeof roleSchema>;

export const deviceSchema = z.strictObject({
  name: z.string(),
  role: roleSchema,
  kind: z.string(),
  master: z.string().optional(),
});
export type Device = z.infer<typeof deviceSchema>;

// What ends in a Pod: a veth of a bridge or of a routed plugin, or a netkit of Cilium.
const ofPods = ['veth', 'netkit'];

const roleOf = (link: Link, uplink: string | undefined): DeviceRole => {
  // First: the uplink of a machine can be a bridge, and that of a container a veth.
  if (link.name === uplink) return 'uplink';
  if (link.kind === 'bridge') return 'bridge';
  if (isTunnel(link)) return 'tunnel';
  return ofPods.includes(link.kind) ? 'pod' : 'other';
};

/** What each device of a node is there for. `uplink` is the one through which it reaches the other node. */
export const devicesOf = (links: readonly Link[], uplink: string | undefined): Device[] =>
  links.map((link) => ({
    name: link.name,
    role: roleOf(link, uplink),
    kind: link.kind,
    ...(link.master === undefined ? {} : { master: link.master }),
  }));

/** The bridge that joins Pods, where the plugin has one. */
export const podBridge = (devices: readonly Device[]): string | undefined =>
  devices.find(
    ({ role, master }) => role === 'pod' && devices.some((other) => other.name === master && other.role === 'bridge'),
  )?.master;

// The others hide what they carry, by encryption or by options of a length nobody knows beforehand.
const transparent = ['vxlan', 'ipip'];

/** UDP ports on which tunnels of this node wrap packets in a way that a filter can look into. */
export const tunnelPorts = (links: readonly Link[]): number[] => [
  ...new Set(links.flatMap(({ kind, tunnel }) => (kind === 'vxlan' ? [tunnel?.port ?? 4789] : []))),
];

export const isTransparent = (device: Device | undefined) =>
  device === undefined || device.role !== 'tunnel' || transparent.includes(device.kind);
