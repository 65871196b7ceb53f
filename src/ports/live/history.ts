import { CannotLook } from '../../domain/cannot-look.js';
import { type History, windowOf } from '../../domain/history.js';
import type { Keeper } from '../../queries/history/question.js';
import { parseReply } from '../../queries/history/reply.js';
import { abortable } from '../abortable.js';
import { refusal } from './api-refusal.js';
import { type ApiReply, isWebPage, statusOf } from './api-reply.js';
import type { ApiRequest } from './api-request.js';
import type { Clean } from './clean.js';
import { createDirectHistory } from './direct-history.js';
import { type FoundService, findKeeper } from './find-keeper.js';
import { keeperOf, type RangeQuery } from './history-path.js';
import type { Kube, KubeCall } from './kube.js';
import type { Meter } from './meter.js';
import type { Transport } from './transport.js';

type HistoryCall = Extract<KubeCall, { verb: 'history' }>;

export interface HistorianOptions {
  readonly transport: Transport;
  readonly kube: Pick<Kube, 'list'>;
  readonly clean: Clean;
  readonly meter: Meter;
  /** Asked there, instead of one that the cluster shows. */
  readonly urls: { readonly [_ in Keeper]?: URL | undefined };
  readonly now: () => number;
  /** Ends what nobody waits for any more. */
  readonly closing: AbortSignal;
}

export interface Historian {
  /** `null` where the cluster shows nobody who keeps this. Throws `CannotLook`. */
  ask(call: HistoryCall, signal: AbortSignal): Promise<History | null>;
  close(): Promise<void>;
}

type Matrix = Extract<ReturnType<typeof parseReply>, { series: unknown }>;

const names: Readonly<Record<Keeper, string>> = { prometheus: 'Prometheus', loki: 'Loki' };

/** Long enough for one that reads from its disk; history is worth no longer wait. */
const patience = 6_000;

/** Where it is asked, and as what. */
interface Asked {
  readonly source: string;
  readonly keeper: Keeper;
}

const tooLate = ({ source, keeper }: Asked) =>
  new CannotLook('timeout', `The ${names[keeper]} behind ${source} did not answer within ${patience / 1000} seconds.`);

/** A Loki that does not want to says why in a line of text. Cut longer than anything that is shown of it, for what is masked is whole. */
const plainly = ({ headers, text }: ApiReply) =>
  (headers['content-type'] ?? '').startsWith('text/plain') ? (text.trim().split('\n', 1)[0] ?? '').slice(0, 4000) : '';

/** Who stands before it mostly says so by its status, or with a page for people. */
const standsBefore = (
  reply: ApiReply,
  { source, keeper }: Asked,
  cleanText: Clean['cleanText'],
): CannotLook | undefined => {
  const { status } = reply;
  if (status >= 300 && status < 400)
    return new CannotLook('lost', `${source} sends elsewhere (HTTP ${status}), which is not followed.`);
  if (isWebPage(reply))
    return new CannotLook(
      'lost',
      `${source} answered with a web page (HTTP ${status}), maybe a login, and not as a ${names[keeper]}.`,
    );
  const why = cleanText(plainly(reply)).slice(0, 80);
  return status === 401 || status === 403
    ? new CannotLook(
        'forbidden',
        `${source} asks for a login or does not let anybody read (HTTP ${status}${why === '' ? '' : `: ${why}`}).`,
      )
    : undefined;
};

/** The matrix that was asked for. Throws `CannotLook` where it is anything else. */
const understood = (reply: ApiReply, asked: Asked, cleanText: Clean['cleanText']): Matrix => {
  const before = standsBefore(reply, asked, cleanText);
  if (before) throw before;
  const parsed = parseReply(reply.text);
  if ('series' in parsed && reply.status === 200) return parsed;
  const said = ('error' in parsed && parsed.error) || (statusOf(reply)?.message ?? plainly(reply));
  const why = said === '' ? `which is not what a ${names[asked.keeper]} says` : cleanText(said).slice(0, 300);
  throw new CannotLook('lost', `${asked.source} answered with HTTP ${reply.status}: ${why}.`);
};

/** The API server's own word on the way to a Service: who asks may not, or nothing serves behind it. */
const isOfApiServer = (reply: ApiReply) => [401, 403].includes(reply.status) && statusOf(reply) !== undefined;

/** Reads what a Prometheus or a Loki has kept: the one that is named, or else the one that the cluster shows. */
export const createHistorian = (options: HistorianOptions): Historian => {
  const { transport, kube, clean, meter, urls, now, closing } = options;
  const named = {
    prometheus: urls.prometheus && createDirectHistory(names.prometheus, urls.prometheus, meter),
    loki: urls.loki && createDirectHistory(names.loki, urls.loki, meter),
  };
  const findings = new Map<Keeper, Promise<FoundService | undefined>>();

  /** Several may wait for it: it goes on when one of them gives up. */
  const find = (keeper: Keeper) => {
    const begun = findings.get(keeper);
    if (begun) return begun;
    const finding = findKeeper(keeper, kube, closing).catch((error: unknown) => {
      findings.delete(keeper);
      throw error;
    });
    findings.set(keeper, finding);
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

  const read = async (asked: Asked, asking: (limited: AbortSignal) => Promise<ApiReply>, signal: AbortSignal) => {
    const limit = AbortSignal.timeout(patience);
    const reply = await asking(AbortSignal.any([signal, limit])).catch((error: unknown) => {
      throw limit.aborted && !signal.aborted ? tooLate(asked) : error;
    });
    return understood(reply, asked, clean.cleanText);
  };

  return {
    async ask({ question, args, since }, signal) {
      const window = windowOf(now(), since);
      const asks: RangeQuery = { question, args, window };
      const keeper = keeperOf(question);
      const direct = named[keeper];
      const found = direct ? undefined : await abortable(find(keeper), signal);
      if (!direct && !found) return null;
      const source = direct ? direct.source : `Service ${found?.namespace}/${found?.name}`;
      const asking = (limited: AbortSignal) =>
        direct ? direct.ask(asks, limited) : through(found as FoundService, asks, limited);
      return clean.cleanJson({ source, ...window, ...(await read({ source, keeper }, asking, signal)) });
    },
    async close() {
      await Promise.all([named.prometheus?.close(), named.loki?.close()]);
    },
  };
};
