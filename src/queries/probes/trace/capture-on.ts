import { CannotLook } from '../../../domain/cannot-look.js';
import { ifReadable } from '../../../domain/if-readable.js';
import type { RunPort } from '../../../domain/ports.js';
import type { ArgsOf } from '../../../domain/query.js';
import type { Capture } from '../../../parse/captures/capture.js';
import { packetCapture } from '../../captures/packet-capture.js';
import { packetSockets } from '../../captures/packet-sockets.js';

export type CapturingNode = RunPort<typeof packetCapture | typeof packetSockets>;

export type Heard = Omit<Capture, 'listened' | 'tellsDevice' | 'message'> & { readonly left: number };

/** A network that is listened to. The capture ends by itself. */
export interface Capturing {
  /** Asked when the last probe has ended: whether it listens still. */
  stillThere(): Promise<boolean>;
  /** Throws `CannotLook`. */
  finish(): Promise<Heard>;
}

/** How long is listened. */
export const seconds = 12;
// A look at the sockets takes about as long as starting a program over SSH.
const looks = 20;

type Network = Pick<ArgsOf<typeof packetSockets>, 'pid'>;

const listenersIn = async (node: CapturingNode, network: Network) => {
  const sockets = await ifReadable(node.run(packetSockets, network));
  return sockets?.understood ? sockets.onAny : undefined;
};

// "tcpdump: Couldn't find user 'tcpdump'": built for a distribution, and run in the image of another.
const lacksUser = ({ listened, message }: Capture) => !listened && /Couldn't find user/.test(message);

const capture = async (node: CapturingNode, args: ArgsOf<typeof packetCapture>) => {
  const found = await node.run(packetCapture, args);
  if (!lacksUser(found)) return found;
  const asRoot = await node.run(packetCapture, { ...args, user: 'root' });
  return lacksUser(asRoot) ? node.run(packetCapture, { ...args, user: 'number' }) : asRoot;
};

const heard = ({ listened, tellsDevice, message, ...rest }: Capture, name: string) => {
  if (!listened) throw new CannotLook('lost', `tcpdump on ${name} did not listen: ${message}`);
  if (!tellsDevice)
    throw new CannotLook('tool-missing', `tcpdump on ${name} does not name devices; it takes 4.99 or later.`);
  return rest;
};

export interface ToCapture extends Pick<ArgsOf<typeof packetCapture>, 'addresses' | 'ports' | 'tunnels'>, Network {
  /** For sentences. */
  readonly name: string;
}

/** Starts a capture, and answers when it has begun: else the first packets of a probe could pass before anybody looks. */
export const captureOn = async (node: CapturingNode, { name, pid, ...wanted }: ToCapture): Promise<Capturing> => {
  const network: Network = pid === undefined ? {} : { pid };
  const before = await listenersIn(node, network);
  const isListening = async () => {
    const now = await listenersIn(node, network);
    return now === undefined || before === undefined || now > before;
  };
  const begun = async () => {
    for (let look = 0; look < looks; look += 1) if (await isListening()) return;
  };
  const running = capture(node, { ...wanted, ...network, seconds });
  // Whoever waits for it hears of a refusal; until then nobody may call it unhandled.
  running.catch(() => {});
  await Promise.race([running, begun()]);
  return {
    stillThere: isListening,
    async finish() {
      const found = heard(await running, name);
      const after = await listenersIn(node, network);
      return { ...found, left: Math.max(0, (after ?? 0) - (before ?? 0)) };
    },
  };
};
