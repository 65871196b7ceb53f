import { addressOf } from './hex-address.js';

/** One client at one virtual server, and the real server it was given. */
export interface VirtualConnection {
  readonly protocol: string;
  readonly client: string;
  readonly clientPort: number;
  readonly address: string;
  readonly port: number;
  readonly real: string;
  readonly realPort: number;
  /** `ESTABLISHED`, `SYN_RECV`, `TIME_WAIT`, `UDP` … */
  readonly state: string;
  /** Seconds until it is forgotten. */
  readonly expires: number;
}

// "TCP C6336407 A8D6 0A00000D 7580 0AF4020B 1F90 TIME_WAIT       112"
const row = /^(TCP|UDP|SCTP) +(\S+) ([0-9A-F]{4}) +(\S+) ([0-9A-F]{4}) +(\S+) ([0-9A-F]{4}) +(\w+) +(\d+)/;

const port = (hex: string | undefined) => Number.parseInt(hex ?? '', 16);

const connectionIn = (line: string): VirtualConnection | undefined => {
  const [, protocol, from = '', fromPort, to = '', toPort, dest = '', destPort, state = '', expires] =
    row.exec(line) ?? [];
  if (protocol === undefined) return undefined;
  return {
    protocol: protocol.toLowerCase(),
    ...{ client: addressOf(from), clientPort: port(fromPort) },
    ...{ address: addressOf(to), port: port(toPort) },
    ...{ real: addressOf(dest), realPort: port(destPort) },
    ...{ state, expires: Number(expires) },
  };
};

/** Lines of `/proc/net/ip_vs_conn`; addresses and ports are written in hexadecimal digits. */
export const parseVirtualConnections = (
  text: string,
): { connections: readonly VirtualConnection[]; strange: readonly string[] } => {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Pro '));
  const found = lines.map((line) => ({ line, connection: connectionIn(line) }));
  return {
    connections: found.flatMap(({ connection }) => connection ?? []),
    strange: found.flatMap(({ line, connection }) => (connection ? [] : [line.slice(0, 200)])).slice(0, 10),
  };
};
