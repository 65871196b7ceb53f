import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Target } from './kubeconfig.js';
import { connectThrough } from './proxy-tunnel.js';
import { socksThrough } from './socks-tunnel.js';

export interface Certificate {
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

const plain = async ({ server, proxy }: Target, signal: AbortSignal): Promise<Socket> => {
  const host = server.hostname.replace(/^\[|\]$/g, '');
  const port = Number(server.port || (server.protocol === 'https:' ? 443 : 80));
  if (proxy?.protocol.startsWith('socks')) return socksThrough(proxy, { host, port }, signal);
  if (proxy) return connectThrough(proxy, { host, port }, signal);
  const socket = connect({ host, port, noDelay: true, keepAlive: true });
  await once(socket, 'connect', { signal }).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
  return socket;
};

/**
 * Opens one connection to the API server of a target, through its proxy, with TLS where the address says https.
 * The same for requests and for exec, so that both always see the same cluster. Rejects with the error of the socket.
 */
export const dial = async (target: Target, own: Certificate, signal: AbortSignal): Promise<Socket> => {
  const socket = await plain(target, signal);
  const { server, tls } = target;
  if (server.protocol === 'http:') return socket;
  const host = server.hostname.replace(/^\[|\]$/g, '');
  const name = tls.servername ?? host;
  const secure = connectTls({
    socket,
    // An address is checked against the certificate too, but must not be sent as SNI (RFC 6066).
    host: name,
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(own.cert === undefined ? { cert: tls.cert, key: tls.key } : { cert: own.cert, key: own.key }),
    rejectUnauthorized: tls.rejectUnauthorized,
    ALPNProtocols: ['http/1.1'],
  });
  try {
    await once(secure, 'secureConnect', { signal });
    return secure;
  } catch (error) {
    secure.destroy();
    socket.destroy();
    throw error;
  }
};
