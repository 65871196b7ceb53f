import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import WebSocket from 'ws';
import { CannotLook } from '../../domain/cannot-look.js';
import { abortable } from '../abortable.js';
import type { ApiReply } from './api-reply.js';
import type { Connection } from './connection.js';
import { dial } from './dial.js';

const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const largestFrame = 16 << 20;
const refusalText = 64 << 10;

/** The API server answered the request for a WebSocket with an ordinary reply. */
export class ExecRefused extends Error {
  override readonly name = 'ExecRefused';
  constructor(readonly reply: ApiReply) {
    super(`HTTP ${reply.status}`);
  }
}

const replyOf = (response: IncomingMessage) =>
  new Promise<ApiReply>((resolve) => {
    let text = '';
    const done = () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    response.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length < refusalText) text += chunk;
    });
    response.once('end', done);
    response.once('error', done);
    response.once('close', done);
  });

// The errors of the handshake itself carry no code; those of the connection do.
const explained = (error: Error) =>
  'code' in error
    ? error
    : new CannotLook('lost', `The API server does not speak the protocol of exec: ${error.message}.`);

type Connect = (options: unknown, callback: (error: Error | null, socket?: Socket) => void) => undefined;

/**
 * Asks for an exec at `path`. The listener is attached before anything can arrive, since a fast
 * program may end before the caller is told of the opening. Rejects with `ExecRefused` or the error of the socket.
 */
export const openExecSocket = async (
  connection: Connection,
  path: string,
  wiring: { readonly signal: AbortSignal; readonly attach: (socket: WebSocket) => void },
): Promise<WebSocket> => {
  const { target, connectTimeout } = connection;
  const { headers, credential } = await abortable(connection.session(), wiring.signal);
  const { signal } = wiring;
  signal.throwIfAborted();
  const createConnection: Connect = (_, callback) => {
    const both = AbortSignal.any([signal, AbortSignal.timeout(connectTimeout)]);
    dial(target, credential, both).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error),
    );
    return undefined;
  };
  const url = `${target.server.origin.replace(/^http/, 'ws')}${target.server.pathname.replace(/\/+$/, '')}${path}`;
  const options = {
    headers,
    createConnection,
    perMessageDeflate: false,
    maxPayload: largestFrame,
    followRedirects: false,
  };
  return new Promise<WebSocket>((resolve, reject) => {
    const socket = new WebSocket(url, protocols, options as unknown as WebSocket.ClientOptions);
    const stop = () => {
      reject(signal.reason);
      socket.terminate();
    };
    signal.addEventListener('abort', stop, { once: true });
    const settled = () => signal.removeEventListener('abort', stop);
    // Stays for ever: an error after the opening is followed by `close`, and an unheard one would end the process.
    socket.on('error', (error) => {
      settled();
      reject(explained(error));
    });
    socket.once('open', () => {
      settled();
      resolve(socket);
    });
    socket.once('unexpected-response', (request, response: IncomingMessage) => {
      // Once the answer is read the request lets go of its connection, which would then keep the process alive.
      const { socket: wire } = response;
      void replyOf(response).then((reply) => {
        settled();
        reject(new ExecRefused(reply));
        request.destroy();
        wire.destroy();
      });
    });
    wiring.attach(socket);
  });
};
