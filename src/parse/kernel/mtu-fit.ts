import { z } from 'zod';
import { deviceMtuSchema } from './device-mtus.js';

export const sizedNodeSchema = z.strictObject({
  node: z.string(),
  address: z.string(),
  devices: z.array(deviceMtuSchema),
});
type Node = z.infer<typeof sizedNodeSchema>;
export const sizedPodSchema = z.strictObject({ pod: z.string(), mtus: z.record(z.string(), z.int()) });
type Pod = z.infer<typeof sizedPodSchema>;

// What the outer headers take over IPv4; WireGuard leaves room for IPv6 by itself, so its least is meant.
const overheads: Readonly<Record<string, number>> = {
  vxlan: 50,
  geneve: 50,
  ipip: 20,
  gre: 24,
  wireguard: 60,
  sit: 20,
};

export const uplinkOf = ({ address, devices }: Node) => devices.find(({ addresses }) => addresses.includes(address));
export const tunnelsOf = ({ devices }: Node) =>
  devices.filter(({ kind, up, mtu }) => up && kind in overheads && mtu > 0);
/** The largest outer packet that the tunnels of a Node make. */
const outerOf = (node: Node) => Math.max(0, ...tunnelsOf(node).map(({ mtu, kind }) => mtu + (overheads[kind] ?? 0)));

/** A size that does not fit another one behind it. */
export interface Misfit {
  readonly word: 'pod-above-tunnel' | 'uplinks-differ' | 'tunnel-above-uplink';
  readonly node: string;
  readonly has: string;
  readonly above: string;
}
export const sizeWords = (name: string, mtu: number) => `${name} ${mtu}`;

/** The narrowest tunnel decides: packets of Pods that are larger have to be dropped or taken apart at its door. */
const podAboveTunnel = (nodes: readonly Node[], pods: readonly Pod[]): Misfit[] =>
  nodes.flatMap((node) => {
    const tunnel = tunnelsOf(node).toSorted((a, b) => a.mtu - b.mtu)[0];
    const wide = pods.find(({ mtus }) => tunnel && (mtus.eth0 ?? 0) > tunnel.mtu);
    if (!tunnel || !wide) return [];
    const has = sizeWords(`${wide.pod} eth0`, wide.mtus.eth0 ?? 0);
    return [{ word: 'pod-above-tunnel', node: node.node, has, above: sizeWords(tunnel.name, tunnel.mtu) }];
  });

/** Jumbo frames on some Nodes are sound as long as nobody sends more than the narrowest uplink takes. */
const uplinksDiffer = (nodes: readonly Node[], pods: readonly Pod[]): Misfit[] => {
  const cards = nodes.flatMap((node) => (uplinkOf(node) ? [{ node, mtu: uplinkOf(node)?.mtu ?? 0 }] : []));
  const [narrow, ...wider] = cards.toSorted((a, b) => a.mtu - b.mtu);
  if (!narrow || !wider.some(({ mtu }) => mtu > narrow.mtu)) return [];
  const noTunnels = nodes.every((node) => tunnelsOf(node).length === 0);
  const routed = noTunnels ? pods.map(({ mtus }) => mtus.eth0 ?? 0) : [];
  const largest = Math.max(0, ...routed, ...nodes.map(outerOf));
  if (largest <= narrow.mtu) return [];
  const has = sizeWords(uplinkOf(narrow.node)?.name ?? '', narrow.mtu);
  return [{ word: 'uplinks-differ', node: narrow.node.node, has, above: `${largest}` }];
};

const tunnelAboveUplink = (nodes: readonly Node[]): Misfit[] =>
  nodes.flatMap((node) => {
    const card = uplinkOf(node);
    const tunnel = tunnelsOf(node).find(({ mtu, kind }) => card && mtu + (overheads[kind] ?? 0) > card.mtu);
    if (!card || !tunnel) return [];
    const above = sizeWords(card.name, card.mtu);
    return [{ word: 'tunnel-above-uplink', node: node.node, has: sizeWords(tunnel.name, tunnel.mtu), above }];
  });

/** Worst first. */
export const misfits = (nodes: readonly Node[], pods: readonly Pod[]): Misfit[] => [
  ...podAboveTunnel(nodes, pods),
  ...uplinksDiffer(nodes, pods),
  ...tunnelAboveUplink(nodes),
];
