import { CannotLook } from '../../domain/cannot-look.js';
import { type History, windowOf } from '../../domain/history.js';
import { parseReply } from '../../queries/history/reply.js';
import { refusal } from './api-refusal.js';
import { type ApiReply, isWebPage, statusOf } from './api-reply.js';
import type { ApiRequest } from './api-request.js';
import type { Clean } from './clean.js';
import { createDirectHistory } from './direct-history.js';
import { type FoundService, findPrometheus } from './find-prometheus.js';
import type { RangeQuery } from './history-path.js';
import type { Kube, KubeCall } from './kube.js';
import type { Meter } from './meter.js';
import type { Transport } from './transport.js';

type HistoryCall = Extract<KubeCall, { verb: 'history' }>;

export interface HistorianOptions {
  readonly transport: Transport;
  readonly kube: Pick<Kube, 'list'>;
  readonly clean: Clean;
  readonly meter: Meter;
  readonly url: URL | undefined;
  readonly now: () => number;
}

export interface Historian {
  /** `null` where the cluster shows no Prometheus. Throws `CannotLook`. */
  ask(call: HistoryCall, signal: AbortSignal): Promise<History | null>;
  close(): Promise<void>;
}

type Matrix = Extract<ReturnType<typeof parseReply>, { series: unknown }>;

/** Long enough for a Prometheus that reads from its disk; history is worth no longer wait. */
const patience = 6_000;

const tooLate = (source: string) =>
  new CannotLook('timeout', `The Prometheus behind ${source} did not answer within ${patience / 1000} seconds.`);

/** Who stands before a Prometheus mostly says so by its status, or with a page for people. */
const standsBefore = (reply: ApiReply, source: string): CannotLook | undefined => {
  const { status } = reply;
  if (status >= 300 && status < 400)
    return new CannotLook('lost', `${source} sends elsewhere (HTTP ${status}), which is not followed.`);
  if (isWebPage(reply))
    return new CannotLook(
      'lost',
      `${source} answered with a web page (HTTP ${status}), maybe a login, and not as a Prometheus.`,
    );
  return status === 401 || status === 403
    ? new CannotLook('forbidden', `${source} asks for a login or does not let anybody read (HTTP ${status}).`)
    : undefined;
};

/** The matrix that was asked for. Throws `CannotLook` where it is anything else. */
const understood = (reply: ApiReply, source: string, cleanText: Clean['cleanText']): Matrix => {
  const before = standsBefore(reply, source);
  if (before) throw before;
  const parsed = parseReply(reply.text);
  if ('series' in parsed && reply.status === 200) return parsed;
  const said = ('error' in parsed && parsed.error) || (statusOf(reply)?.message ?? '');
  const why = said === '' ? 'which is not what a Prometheus says' : cleanText(said).slice(0, 300);
  throw new CannotLook('lost', `${source} answered with HTTP ${reply.status}: ${why}.`);
};

/** The API server's own word on the way to a Service: who asks may not, or nothing serves behind it. */
const isOfApiServer = (reply: ApiReply) => [401, 403].includes(reply.status) && statusOf(reply) !== undefined;

/** Reads what a Prometheus has kept: the one that is named, or else the one that the cluster shows. */
export const createHistorian = ({ transport, kube, clean, meter, url, now }: HistorianOptions): Historian => {
  const direct = url && createDirectHistory(url, meter);
  let finding: Promise<FoundService | undefined> | undefined;

  const find = (signal: AbortSignal) => {
    finding ??= findPrometheus(kube, signal).catch((error: unknown) => {
      finding = undefined;
      throw error;
    });
    return finding;
  };

  const through = async ({ namespace, name }: FoundService, asks: RangeQuery, signal: AbortSignal) => {
    const request: ApiRequest = {
      ...{ verb: 'get', group: '', version: 'v1', resource: 'services', subresource: 'proxy' },
      ...{ namespace, name, asks },
    };
    const reply = await transport.send(request, signal);
    if (isOfApiServer(reply)) throw refusal(reply, request, clean.cleanText);
    return reply;
  };

  const read = async (source: string, asking: (limited: AbortSignal) => Promise<ApiReply>, signal: AbortSignal) => {
    const limit = AbortSignal.timeout(patience);
    const reply = await asking(AbortSignal.any([signal, limit])).catch((error: unknown) => {
      throw limit.aborted && !signal.aborted ? tooLate(source) : error;
    });
    return understood(reply, source, clean.cleanText);
  };

  return {
    async ask({ question, args, since }, signal) {
      const window = windowOf(now(), since);
      const asks: RangeQuery = { question, args, window };
      const found = direct ? undefined : await find(signal);
      if (!direct && !found) return null;
      const source = direct ? direct.source : `Service ${found?.namespace}/${found?.name}`;
      const asking = (limited: AbortSignal) =>
        direct ? direct.ask(asks, limited) : through(found as FoundService, asks, limited);
      return clean.cleanJson({ source, ...window, ...(await read(source, asking, signal)) });
    },
    async close() {
      await direct?.close();
    },
  };
};
