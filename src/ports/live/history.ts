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

/** Long enough for a Prometheus that reads from its disk; history is worth no longer wait. */
const patience = 6_000;

const tooLate = (source: string) =>
  new CannotLook('timeout', `The Prometheus behind ${source} did not answer within ${patience / 1000} seconds.`);

/** What an answer means that is not one of a Prometheus; `undefined` where it is one. */
const refused = (reply: ApiReply, source: string, cleanText: Clean['cleanText']): CannotLook | undefined => {
  const { status } = reply;
  if (status >= 300 && status < 400)
    return new CannotLook('lost', `${source} sends elsewhere (HTTP ${status}), which is not followed.`);
  if (isWebPage(reply))
    return new CannotLook(
      'lost',
      `${source} answered with a web page (HTTP ${status}), maybe a login, and not as a Prometheus.`,
    );
  if (status === 401 || status === 403)
    return new CannotLook('forbidden', `${source} asks for a login or does not let anybody read (HTTP ${status}).`);
  const parsed = parseReply(reply.text);
  if ('series' in parsed && status === 200) return undefined;
  const said = 'error' in parsed && parsed.error !== '' ? parsed.error : (statusOf(reply)?.message ?? '');
  const why = said === '' ? 'which is not what a Prometheus says' : cleanText(said).slice(0, 300);
  return new CannotLook('lost', `${source} answered with HTTP ${status}: ${why}.`);
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
    const problem = refused(reply, source, clean.cleanText);
    if (problem) throw problem;
    return parseReply(reply.text) as Extract<ReturnType<typeof parseReply>, { series: unknown }>;
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
