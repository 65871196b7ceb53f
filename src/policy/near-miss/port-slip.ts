import type { Connection } from '../judge/judge.js';
import type { Direction } from '../model/policy.js';
import { peersIn, type WrittenRule } from './edit.js';

type WrittenPort = NonNullable<WrittenRule['ports']>[number];

const protocolOf = ({ protocol }: WrittenPort) => protocol ?? 'TCP';

const words = (written: WrittenPort): string => {
  const { port, endPort } = written;
  if (port === undefined) return protocolOf(written);
  return `${protocolOf(written)} ${port}${endPort === undefined ? '' : `-${endPort}`}`;
};

/** `TCP 80`, `UDP 8000-8010`, `TCP http`. */
export const portsOfRule = ({ ports }: WrittenRule): string[] => (ports ?? []).map(words);

// A range that ends this near was probably meant to hold the port.
const near = 10;

const isBeside = ({ port, endPort }: WrittenPort, asked: number) => {
  if (typeof port !== 'number' || endPort === undefined) return false;
  return (asked > endPort && asked - endPort <= near) || (asked < port && port - asked <= near);
};

const isMeant = (written: WrittenPort, { protocol, port }: Connection) => {
  if (protocolOf(written) !== protocol) return written.port === port;
  return typeof written.port === 'string' || isBeside(written, port);
};

const dns = 53;

/**
 * Whether a rule that lists other ports was meant for this connection: it names the other end and the protocol, or a
 * port that is nearly right. A rule that allows everybody some other port, such as that of DNS, is another matter.
 */
export const isPortSlip = (rule: WrittenRule, direction: Direction, connection: Connection): boolean => {
  const ports = rule.ports ?? [];
  if (ports.some((written) => isMeant(written, connection))) return true;
  const forThisPeer = peersIn(rule, direction).length > 0;
  return forThisPeer && ports.some((written) => protocolOf(written) === connection.protocol && written.port !== dns);
};
