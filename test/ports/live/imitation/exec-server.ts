import type { IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { startApi } from './api.js';

export const frame = (channel: number, text: string | Buffer) =>
  Buffer.concat([Buffer.from([channel]), Buffer.from(text)]);

export const ended = (code: number) =>
  frame(
    3,
    JSON.stringify(
      code === 0
        ? { metadata: {}, status: 'Success' }
        : {
            ...{
              metadata: {},
              status: 'Failure',
              reason: 'NonZeroExitCode',
              message: `command terminated with exit code ${code}`,
            },
            details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
          },
    ),
  );

/** An API server whose exec does what the test says. `only` is the one protocol it speaks. */
export const startExec = async (act: (socket: WebSocket, request: IncomingMessage) => void, only?: string) => {
  const api = await startApi((_, response) => response.writeHead(404).end());
  const choose = (offered: Set<string>) => (only === undefined ? [...offered][0] : offered.has(only) && only) || false;
  const sockets = new WebSocketServer({ server: api.server, handleProtocols: choose });
  const connected: WebSocket[] = [];
  const requests: IncomingMessage[] = [];
  sockets.on('connection', (socket, request) => {
    connected.push(socket);
    requests.push(request);
    socket.on('error', () => {});
    for (const channel of [0, 1, 2, 3]) socket.send(frame(channel, ''));
    act(socket, request);
  });
  return { ...api, connected, requests };
};
