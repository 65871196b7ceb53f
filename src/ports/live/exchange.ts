import type { JsonObject } from '../../domain/json.js';
import type { ApiReply } from './api-reply.js';
import type { Admitted } from './api-request.js';
import type { Connection, Session } from './connection.js';
import type { Meter } from './meter.js';
import { readBody } from './read-body.js';

export interface Sent extends Admitted {
  readonly body: JsonObject | undefined;
}

export interface ExchangeOptions {
  readonly connection: Connection;
  readonly session: Session;
  readonly meter: Meter;
  /** Bytes of the answer, after decompression. */
  readonly cap: number;
}

const basePath = (server: URL) => server.pathname.replace(/\/+$/, '');

const contentType = ({ method, patch }: Sent) => {
  if (method !== 'PATCH') return 'application/json';
  return patch === 'merge' ? 'application/merge-patch+json' : 'application/strategic-merge-patch+json';
};

const headersOf = (sent: Sent) => ({
  accept: 'application/json',
  'accept-encoding': 'gzip',
  ...(sent.body === undefined ? {} : { 'content-type': contentType(sent) }),
});

/** Sends one request and reads its whole answer. Counted also when nothing comes back. Rejects with the error of the connection. */
export const exchange = async (
  { connection, session, meter, cap }: ExchangeOptions,
  sent: Sent,
  signal: AbortSignal,
): Promise<ApiReply> => {
  const { server } = connection.target;
  const { method, path, body } = sent;
  const began = performance.now();
  const seen = { status: 0, bytes: 0 };
  const received = (bytes: number) => {
    seen.bytes += bytes;
    meter.received(bytes);
  };
  meter.sent();
  try {
    const response = await connection.dispatcher(session).request({
      origin: server.origin,
      path: `${basePath(server)}${path}`,
      method,
      headers: { ...session.headers, ...headersOf(sent) },
      body: body === undefined ? null : JSON.stringify(body),
      signal,
    });
    seen.status = response.statusCode;
    const gzip = response.headers['content-encoding'] === 'gzip';
    const text = await readBody(response.body, { gzip, cap, received });
    return { status: response.statusCode, headers: response.headers, text };
  } finally {
    meter.exchanged({ method, path, ...seen, ms: performance.now() - began });
  }
};
