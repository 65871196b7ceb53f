import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';

export class ProxyFailed extends Error {
  override readonly name = 'ProxyFailed';
}

const credentialsOf = (proxy: URL) => `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;

/** `host:port` as CONNECT wants it; an IPv6 address keeps its brackets. */
const authority = (host: string, port: number) => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;

/**
 * Opens a connection to `host:port` through an HTTP proxy. Also for `http://` servers: exec needs
 * a connection of its own, and one way for both keeps a proxy from rewriting either.
 */
export const connectThrough = (proxy: URL, end: { host: string; port: number }, signal: AbortSignal) =>
  new Promise<Socket>((resolve, reject) => {
    const target = authority(end.host, end.port);
    const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: target,
      headers: {
        Host: target,
        ...(proxy.username
          ? { 'Proxy-Authorization': `Basic ${Buffer.from(credentialsOf(proxy)).toString('base64')}` }
          : {}),
      },
      agent: false,
      signal,
    });
    const refuse = (status: number | undefined) =>
      reject(new ProxyFailed(`the proxy ${proxy.host} refused the connection (HTTP ${status})`));
    request.once('connect', (response, socket) => {
      if (response.statusCode === 200) return resolve(socket as Socket);
      socket.destroy();
      refuse(response.statusCode);
    });
    request.once('response', (response) => {
      response.resume();
      refuse(response.statusCode);
    });
    request.on('error', (error) =>
      reject(
        signal.aborted ? signal.reason : new ProxyFailed(`the proxy ${proxy.host} cannot be used: ${error.message}`),
      ),
    );
    request.end();
  });
