import { InvalidName, isPort, isPortName, isServiceName } from '../../clean/names.js';
import { type HistoryWindow, rateRange } from '../../domain/history.js';
import type { JsonObject } from '../../domain/json.js';
import type { AnyHistoryQuestion, Keeper } from '../../queries/history/question.js';
import { historyQuestions } from '../../queries/history/questions.js';
import { NotAllowed } from './allowlist.js';

/** A question by its name and the names in it: no expression is ever handed in from elsewhere. */
export interface RangeQuery {
  readonly question: string;
  readonly args: JsonObject;
  readonly window: HistoryWindow;
}

/** What a Prometheus may take for one answer, in seconds: it stops by itself then. A Loki stops when nobody listens any more. */
const patience = 4;

interface Way {
  readonly path: string;
  readonly more: Readonly<Record<string, string>>;
  /** Moves all moments onto multiples of the step: what came after the last of them would be missing. */
  readonly aligned: boolean;
}

const ways: Readonly<Record<Keeper, Way>> = {
  prometheus: { path: '/api/v1/query_range', more: { timeout: `${patience}s` }, aligned: false },
  loki: { path: '/loki/api/v1/query_range', more: {}, aligned: true },
};

const known = (name: string): AnyHistoryQuestion | undefined =>
  Object.hasOwn(historyQuestions, name) ? historyQuestions[name] : undefined;

const notAsked = (question: string) => new NotAllowed(`"${question}" with these names is not asked of any history`);

/** Who is asked this. Throws `NotAllowed`. */
export const keeperOf = (question: string): Keeper => {
  const found = known(question);
  if (!found) throw notAsked(question);
  return found.keeper;
};

/** Path and query of the one request that a Prometheus or a Loki is ever sent. Throws `NotAllowed`. */
export const historyPath = ({ question, args, window }: RangeQuery): string => {
  const found = known(question);
  const valid = found?.args.safeParse(args);
  if (!found || !valid?.success) throw notAsked(question);
  const { path, more, aligned } = ways[found.keeper];
  const { step } = window;
  const query = new URLSearchParams({
    query: found.expression(valid.data, rateRange(window)),
    start: String(window.from),
    end: String(aligned ? Math.ceil(window.to / step) * step : window.to),
    step: String(window.step),
    ...more,
  });
  return `${path}?${query}`;
};

/** `NAME:PORT` or `https:NAME:PORT`, as the API server takes it. Throws `InvalidName`. */
export const serviceSegment = (text: string): string => {
  const [, name = '', port = ''] = /^(?:https:)?([^:]+):([^:]+)$/.exec(text) ?? [];
  if (isServiceName(name) && (isPortName(port) || isPort(Number(port)))) return text;
  throw new InvalidName(`not a Service with its port: ${JSON.stringify(text.slice(0, 80))}`);
};
