import type { FlowNode } from '../../../domain/flow-nodes.js';
import { ifReadable } from '../../../domain/if-readable.js';
import type { RunPort } from '../../../domain/ports.js';
import type { packetCapture } from '../../captures/packet-capture.js';
import { packetDrops } from '../../captures/packet-drops.js';
import type { packetSockets } from '../../captures/packet-sockets.js';
import { ipLinks } from '../../links/ip-links.js';
import { routeTo } from '../../links/route-to.js';
import { readable } from '../readable-rows.js';
import { captureOn, seconds } from './capture-on.js';
import { devicesOf, tunnelPorts } from './devices.js';
import type { TracedNode } from './traced-node.js';

export type TracingNode = RunPort<
  typeof packetCapture | typeof packetDrops | typeof packetSockets | typeof ipLinks | typeof routeTo
>;

export interface Wanted {
  /** Of the Pods at both ends. */
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
  /** A Pod at the other end, and the node it is on. */
  readonly farPod: string | undefined;
  readonly farNode: string | undefined;
}

/** Somebody who listens, by a capture that ends by itself. */
export interface Listening<T> {
  /** Asked when the last probe has ended: whether it listens still. */
  stillThere(): Promise<boolean>;
  /** Throws `CannotLook`. */
  finish(): Promise<T>;
}

const deviceTo = async (node: TracingNode, address: string | undefined) => {
  if (address === undefined) return undefined;
  const found = await ifReadable(node.run(routeTo, { address }));
  return found?.route?.dev;
};

/** Starts the capture on one node, and answers when it has begun. */
export const listenOn = async (node: TracingNode, place: FlowNode, wanted: Wanted): Promise<Listening<TracedNode>> => {
  const [links, towards, uplink] = await Promise.all([
    node.run(ipLinks, {}).then((said) => readable(said, 'The network devices')),
    deviceTo(node, wanted.farPod),
    deviceTo(node, wanted.farNode),
  ]);
  const dropping = ifReadable(node.run(packetDrops, { seconds }));
  // A failure that is no answer is told where it is waited for.
  dropping.catch(() => {});
  const capturing = await captureOn(node, {
    ...{ name: place.node, addresses: wanted.addresses.slice(0, 8), ports: wanted.ports.slice(0, 8) },
    tunnels: tunnelPorts(links).slice(0, 4),
  });
  let watched = false;
  return {
    async stillThere() {
      watched = await capturing.stillThere();
      return watched;
    },
    async finish() {
      const { packets, pcap, lost, left } = await capturing.finish();
      const dropped = await dropping;
      return {
        ...place,
        devices: devicesOf(links, uplink),
        addresses: links.flatMap((link) => link.addresses.map(({ address }) => address)),
        ...(towards === undefined ? {} : { towards }),
        ...{ packets, lost, watched, left },
        ...(pcap ? { pcap } : {}),
        ...(dropped?.listened ? { drops: dropped.drops } : {}),
      };
    },
  };
};
