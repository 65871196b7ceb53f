import { setTimeout as wait } from 'node:timers/promises';
import { CannotLook } from '../../domain/cannot-look.js';
import type { Level } from '../../domain/level.js';
import { abortable } from '../abortable.js';
import { failure, givenUp, lostSocket } from './api-failure.js';
import type { ApiReply } from './api-reply.js';
import { type Admitted, type AnyRequest, admit, isPublic } from './api-request.js';
import { ApiUnavailable } from './api-unavailable.js';
import type { Connection } from './connection.js';
import { exchange } from './exchange.js';
import type { Meter } from './meter.js';
import { createSilence } from './silence.js';

export interface TransportOptions {
  readonly connection: Connection;
  readonly meter: Meter;
  readonly level: () => Level;
  /** Another list of what may be sent, in the place of that of the level. */
  readonly admit?: ((request: AnyRequest) => Admitted) | undefined;
  /** Milliseconds one exchange may take, from sending to the last byte. */
  readonly timeout: number;
  /** Bytes of one answer, after decompression. */
  readonly cap: number;
  /** Monotonic, in milliseconds. */
  readonly now?: () => number;
}

export interface Transport {
  /** Any HTTP answer is a reply; only silence throws, as `CannotLook`. */
  send(request: AnyRequest, signal: AbortSignal): Promise<ApiReply>;
}

const patience = { attempts: 3, longest: 30 };

/** Seconds the server asks to wait; `undefined` when it asks for nothing. */
const retryAfter = ({ status, headers }: ApiReply) => {
  const seconds = Number.parseInt(headers['retry-after'] ?? '', 10);
  if (status === 429) return Number.isNaN(seconds) ? 1 : seconds;
  // An API server that is starting or overloaded says 503 with the same header, and client-go waits then too.
  return status >= 500 && !Number.isNaN(seconds) ? seconds : undefined;
};

export const createTransport = (options: TransportOptions): Transport => {
  const { connection, meter, level, timeout, cap, now } = options;
  const admitted = options.admit ?? ((request: AnyRequest) => admit(request, level()));
  const { server } = connection.target;
  let answered = false;
  const silence = createSilence(timeout, now);

  const silent = (text: string) =>
    answered ? new CannotLook('timeout', text) : new ApiUnavailable('unreachable', text, 'timeout');

  const tooLate = () => {
    silence.unanswered();
    return silent(`The API server ${server.host} did not answer within ${timeout / 1000} seconds (--request-timeout).`);
  };

  const notAsked = () =>
    silent(`The API server ${server.host} was not asked: it has just left several requests without an answer.`);

  const timed = async (request: AnyRequest, admitted: Admitted, signal: AbortSignal) => {
    const session = await abortable(connection.session(), signal);
    const limit = AbortSignal.timeout(timeout);
    const both = AbortSignal.any([signal, limit]);
    const sent = { ...admitted, body: isPublic(request) ? undefined : request.body };
    const attempt = () => exchange({ connection, session, meter, cap }, sent, both);
    try {
      // Only a read is sent again, and only once: the first connection may have been closed while it lay idle.
      const reply = await attempt().catch((error: unknown) => {
        if (admitted.method !== 'GET' || !lostSocket(error) || both.aborted) throw error;
        return attempt();
      });
      answered = true;
      silence.answered();
      return reply;
    } catch (error) {
      if (signal.aborted) throw givenUp(signal);
      if (limit.aborted) throw tooLate();
      throw failure(error, server.host);
    }
  };

  const accepted = async (request: AnyRequest, admitted: Admitted, signal: AbortSignal) => {
    const reply = await timed(request, admitted, signal);
    return reply.status === 401 && connection.renew() ? timed(request, admitted, signal) : reply;
  };

  return {
    async send(request, signal) {
      if (signal.aborted) throw givenUp(signal);
      const allowed = admitted(request);
      if (silence.lasts()) throw notAsked();
      for (let waits = 0; ; waits++) {
        const reply = await accepted(request, allowed, signal);
        const seconds = retryAfter(reply);
        if (seconds === undefined || waits === patience.attempts) return reply;
        await wait(Math.min(seconds, patience.longest) * 1000, undefined, { signal }).catch(() => {
          throw givenUp(signal);
        });
      }
    },
  };
};
