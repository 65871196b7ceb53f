import { CannotLook } from '../../../domain/cannot-look.js';
import type { FlowNode } from '../../../domain/flow-nodes.js';
import { ifReadable } from '../../../domain/if-readable.js';
import type { RunPort } from '../../../domain/ports.js';
import type { Capture } from '../../../parse/captures/capture.js';
import { packetCapture } from '../../captures/packet-capture.js';
import { packetSockets } from '../../captures/packet-sockets.js';
import { ipLinks } from '../../links/ip-links.js';
import { routeTo } from '../../links/route-to.js';
import { readable } from '../readable-rows.js';
import { devicesOf, tunnelPorts } from './devices.js';
import type { TracedNode } from './traced-node.js';

export type TracingNode = RunPort<typeof packetCapture | typeof packetSockets | typeof ipLinks | typeof routeTo>;

export interface Wanted {
  /** Of the Pods at both ends. */
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
  /** A Pod at the other end, and the node it is on. */
  readonly farPod: string | undefined;
  readonly farNode: string | undefined;
}

/** A node that listens. The capture ends by itself. */
export interface Listening {
  /** Asked when the last probe has ended: whether it listens still. */
  stillThere(): Promise<boolean>;
  finish(): Promise<TracedNode>;
}

const seconds = 12;
// A look at the sockets takes about as long as starting a program over SSH.
const looks = 20;

const deviceTo = async (node: TracingNode, address: string | undefined) => {
  if (address === undefined) return undefined;
  const found = await ifReadable(node.run(routeTo, { address }));
  return found?.route?.dev;
};

const listenersOn = async (node: TracingNode) => {
  const sockets = await ifReadable(node.run(packetSockets, {}));
  return sockets?.understood ? sockets.onAny : undefined;
};

/** Without it the first packets of the probe could pass before anybody looks. */
const begun = async (node: TracingNode, before: number | undefined) => {
  for (let look = 0; look < looks; look += 1) {
    const now = await listenersOn(node);
    if (now === undefined || before === undefined || now > before) return;
  }
};

const heard = ({ listened, tellsDevice, message, ...capture }: Capture, node: string) => {
  if (!listened) throw new CannotLook('lost', `tcpdump on ${node} did not listen: ${message}`);
  if (!tellsDevice)
    throw new CannotLook('tool-missing', `tcpdump on ${node} does not name devices; it takes 4.99 or later.`);
  return capture;
};

/** Starts the capture on one node, and answers when it has begun. */
export const listenOn = async (node: TracingNode, place: FlowNode, wanted: Wanted): Promise<Listening> => {
  const [links, towards, uplink, before] = await Promise.all([
    node.run(ipLinks, {}).then((said) => readable(said, 'The network devices')),
    deviceTo(node, wanted.farPod),
    deviceTo(node, wanted.farNode),
    listenersOn(node),
  ]);
  const { addresses, ports } = wanted;
  const running = node.run(packetCapture, {
    ...{ addresses: addresses.slice(0, 8), ports: ports.slice(0, 8), seconds },
    tunnels: tunnelPorts(links).slice(0, 4),
  });
  // Whoever waits for it hears of a refusal; until then nobody may call it unhandled.
  running.catch(() => {});
  await Promise.race([running, begun(node, before)]);
  let watched = false;
  return {
    async stillThere() {
      const now = await listenersOn(node);
      watched = now === undefined || before === undefined || now > before;
      return watched;
    },
    async finish() {
      const { packets, lost } = heard(await running, place.node);
      const after = await listenersOn(node);
      return {
        ...place,
        devices: devicesOf(links, uplink),
        addresses: links.flatMap((link) => link.addresses.map(({ address }) => address)),
        ...(towards === undefined ? {} : { towards }),
        ...{ packets, lost, watched, left: Math.max(0, (after ?? 0) - (before ?? 0)) },
      };
    },
  };
};
