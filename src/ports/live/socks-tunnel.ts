import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ProxyFailed } from './proxy-tunnel.js';

const version = 5;
const passwordMethod = 2;

const exactly = async (socket: Socket, size: number, signal: AbortSignal): Promise<Buffer> => {
  for (;;) {
    const bytes = socket.read(size) as Buffer | null;
    if (bytes?.length === size) return bytes;
    if (socket.readableEnded || socket.destroyed) throw new ProxyFailed('the SOCKS proxy closed the connection');
    await Promise.race([once(socket, 'readable', { signal }), once(socket, 'end', { signal })]);
  }
};

const text = (value: string) => {
  const bytes = Buffer.from(decodeURIComponent(value));
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
};

const introduce = async (socket: Socket, proxy: URL, signal: AbortSignal) => {
  socket.write(Buffer.from(proxy.username ? [version, 2, 0, passwordMethod] : [version, 1, 0]));
  const [, method] = await exactly(socket, 2, signal);
  if (method === 0) return;
  if (method !== passwordMethod || !proxy.username)
    throw new ProxyFailed(`the SOCKS proxy ${proxy.host} wants a way to log in that is not supported`);
  socket.write(Buffer.concat([Buffer.from([1]), text(proxy.username), text(proxy.password)]));
  const [, refused] = await exactly(socket, 2, signal);
  if (refused !== 0) throw new ProxyFailed(`the SOCKS proxy ${proxy.host} does not accept the user name and password`);
};

const addressLength = async (socket: Socket, kind: number | undefined, signal: AbortSignal) => {
  if (kind === 1) return 4;
  if (kind === 4) return 16;
  return (await exactly(socket, 1, signal))[0] ?? 0;
};

/** Opens a connection to `host:port` through a SOCKS proxy (RFC 1928, RFC 1929). The proxy resolves the name. */
export const socksThrough = async (proxy: URL, end: { host: string; port: number }, signal: AbortSignal) => {
  const socket = connect({ host: proxy.hostname.replace(/^\[|\]$/g, ''), port: Number(proxy.port || 1080) });
  try {
    await once(socket, 'connect', { signal });
    await introduce(socket, proxy, signal);
    const port = Buffer.from([end.port >> 8, end.port & 255]);
    socket.write(Buffer.concat([Buffer.from([version, 1, 0, 3]), text(encodeURIComponent(end.host)), port]));
    const [, status, , kind] = await exactly(socket, 4, signal);
    if (status !== 0) throw new ProxyFailed(`the SOCKS proxy ${proxy.host} refused the connection (code ${status})`);
    await exactly(socket, (await addressLength(socket, kind, signal)) + 2, signal);
    return socket;
  } catch (error) {
    socket.destroy();
    if (signal.aborted || error instanceof ProxyFailed) throw error;
    throw new ProxyFailed(`the proxy ${proxy.host} cannot be used: ${(error as Error).message}`);
  }
};
