import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Certificates } from './certificates.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on this machine that answers as the test says, and remembers what it was asked. */
export const startApi = async (handler: Handler, certificates?: Certificates) => {
  const asked: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const listener: Handler = (request, response) => {
    asked.push(request);
    handler(request, response);
  };
  const server: Server = certificates
    ? createSecureServer(
        { ...certificates.server, ca: certificates.ca, requestCert: true, rejectUnauthorized: false },
        listener,
      )
    : createServer(listener);
  let connections = 0;
  server.on(certificates ? 'secureConnection' : 'connection', () => {
    connections += 1;
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return {
    server,
    asked,
    close,
    connections: () => connections,
    paths: () => asked.map(({ url }) => url),
    url: `${certificates ? 'https' : 'http'}://127.0.0.1:${port}`,
  };
};

export const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** A Status as the API server writes it. */
export const status = (code: number, reason: string, message: string, details = {}) => ({
  ...{ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' },
  ...{ message, reason, details, code },
});
