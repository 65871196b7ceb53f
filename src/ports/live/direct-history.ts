import { Agent, request } from 'undici';
import { CannotLook } from '../../domain/cannot-look.js';
import { codeOf } from './api-failure.js';
import type { ApiReply } from './api-reply.js';
import { historyPath, type RangeQuery } from './history-path.js';
import type { Meter } from './meter.js';
import { readBody } from './read-body.js';

const largestAnswer = 2 << 20;
const connectTimeout = 4_000;

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const login = ({ username, password }: URL): Record<string, string> =>
  username === '' && password === ''
    ? {}
    : { authorization: `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}` };

/** A keeper that is asked without the API server (`--prometheus`, `--loki`). Redirects are not followed: they could lead anywhere. */
export const createDirectHistory = (name: string, url: URL, meter: Meter) => {
  const agent = new Agent({ connections: 4, connect: { timeout: connectTimeout } });
  const base = url.pathname.replace(/\/+$/, '');
  // Without what stands before the @.
  const source = `${url.origin}${base}`;
  return {
    source,
    async ask(asks: RangeQuery, signal: AbortSignal): Promise<ApiReply> {
      const path = historyPath(asks);
      meter.sent();
      try {
        const response = await request(`${source}${path}`, {
          headers: { accept: 'application/json', ...login(url) },
          dispatcher: agent,
          signal,
        });
        const received = (bytes: number) => meter.received(bytes);
        const text = await readBody(response.body, { gzip: false, cap: largestAnswer, received });
        return { status: response.statusCode, headers: response.headers, text };
      } catch (error) {
        if (error instanceof CannotLook || signal.aborted) throw error;
        const code = codeOf(error);
        if (code === undefined) throw error;
        throw new CannotLook('lost', `The ${name} at ${source} cannot be talked to (${code}).`);
      }
    },
    close: () => agent.destroy(),
  };
};
