import { z } from 'zod';
import type { FlowPod } from '../../domain/flow-pods.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { holds } from '../../domain/ranges.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema } from '../../parse/connect.js';
import type { WireguardPeer } from '../../parse/links/wireguard-peers.js';
import { ipsecErrors } from '../kernel/ipsec-errors.js';
import { ipLinks } from '../links/ip-links.js';
import { routeTo } from '../links/route-to.js';
import { wireguardPeers } from '../links/wireguard-peers.js';
import { tcpConnect } from '../tcp-connect.js';
import { readable } from './readable-rows.js';

const peerSchema = z.strictObject({
  agreedAgo: z.int().optional(),
  sent: z.number(),
  received: z.number(),
});

/** What an encrypted way did with some tries, as the Node that sends sees it. */
export const encryptedSchema = z.strictObject({
  /** WireGuard devices of the Node; none where it has none. */
  devices: z.array(z.string()),
  /** By which device packets to the Pod leave. */
  device: z.string(),
  connect: connectFactsSchema,
  /** The other end that these packets are for; counts are of the tries. */
  peer: peerSchema.optional(),
  /** How often IPsec threw a packet away during the tries, by reason, on either end. */
  ipsec: z.record(z.string(), z.number()),
});
export type Encrypted = z.infer<typeof encryptedSchema>;

export const encryptedQueries = [ipLinks, routeTo, wireguardPeers, ipsecErrors, tcpConnect] as const;
type Node = RunPort<(typeof encryptedQueries)[number]>;
interface Ends {
  readonly here: Node;
  readonly there: Node;
  readonly pod: RunPort<typeof tcpConnect> | undefined;
}
interface Moment {
  readonly peers: readonly WireguardPeer[];
  readonly ipsec: readonly (Record<string, number> | undefined)[];
}

/** Nodes without such a device need no program that shows its peers. */
const peersOf = async (node: Node, devices: readonly string[], since: string) =>
  devices.length > 0 ? readable(await node.run(wireguardPeers, { since }), 'The peers of WireGuard') : [];

const moment = async ({ here, there }: Ends, devices: readonly string[], since: string): Promise<Moment> => {
  const [peers, ...ipsec] = await Promise.all([
    peersOf(here, devices, since),
    ifReadable(here.run(ipsecErrors, { since })),
    ifReadable(there.run(ipsecErrors, { since })),
  ]);
  return { peers, ipsec };
};

const isWireguard = ({ kind, name }: { readonly kind: string; readonly name: string }) =>
  // A WireGuard that is a program, not the kernel's, has a device like any other tunnel program.
  kind === 'wireguard' || /^(flannel-wg|cilium_wg|wireguard\.cali|wg)/.test(name);

const peerFor = (peers: readonly WireguardPeer[], address: string) =>
  peers.find(({ allowed }) => allowed.some((range) => holds(range, address)));

const risen = (before: Moment, after: Moment) => {
  const rises: Record<string, number> = {};
  for (const [index, counts] of after.ipsec.entries())
    for (const [name, count] of Object.entries(counts ?? {})) {
      const rise = count - (before.ipsec[index]?.[name] ?? count);
      if (rise > 0) rises[name] = (rises[name] ?? 0) + rise;
    }
  return rises;
};

const peerIn = (before: Moment, after: Moment, address: string): Pick<Encrypted, 'peer'> => {
  const [was, is] = [before, after].map(({ peers }) => peerFor(peers, address));
  if (!was || !is) return {};
  const { agreedAgo } = is;
  const counts = { sent: Math.max(0, is.sent - was.sent), received: Math.max(0, is.received - was.received) };
  return { peer: { ...counts, ...(agreedAgo === undefined ? {} : { agreedAgo }) } };
};

/** Reads both ends, tries to connect from the source, and reads them again. */
export const encryptedTraffic = async (
  ends: Ends,
  { address }: Pick<FlowPod, 'address'>,
  port: number,
): Promise<Encrypted> => {
  const [links, way] = await Promise.all([
    ends.here.run(ipLinks, {}).then((said) => readable(said, 'The network devices')),
    ends.here.run(routeTo, { address }),
  ]);
  const devices = links.filter(isWireguard).map(({ name }) => name);
  const before = await moment(ends, devices, '1');
  const args = { host: address, port, tries: 4, waitSeconds: 2 };
  const fromPod = ends.pod ? await ifReadable(ends.pod.run(tcpConnect, args).then(understood)) : undefined;
  const connect = fromPod ?? understood(await ends.here.run(tcpConnect, args));
  const after = await moment(ends, devices, '2');
  const ipsec = risen(before, after);
  return { devices, device: way.route?.dev ?? '', connect, ...peerIn(before, after, address), ipsec };
};
