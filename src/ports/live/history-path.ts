import { InvalidName, isPort, isPortName, isServiceName } from '../../clean/names.js';
import { type HistoryWindow, rateRange } from '../../domain/history.js';
import type { JsonObject } from '../../domain/json.js';
import { historyQuestions } from '../../queries/history/questions.js';
import { NotAllowed } from './allowlist.js';

/** A question by its name and the names in it: no expression is ever handed in from elsewhere. */
export interface RangeQuery {
  readonly question: string;
  readonly args: JsonObject;
  readonly window: HistoryWindow;
}

/** What a Prometheus may take for one answer, in seconds: it stops by itself then. */
const patience = 4;

/** Path and query of the one request that a Prometheus is ever sent. Throws `NotAllowed`. */
export const historyPath = ({ question, args, window }: RangeQuery): string => {
  const found = Object.hasOwn(historyQuestions, question) ? historyQuestions[question] : undefined;
  const valid = found?.args.safeParse(args);
  if (!found || !valid?.success) throw new NotAllowed(`"${question}" with these names is not asked of any history`);
  const query = new URLSearchParams({
    query: found.promql(valid.data, rateRange(window)),
    start: String(window.from),
    end: String(window.to),
    step: String(window.step),
    timeout: `${patience}s`,
  });
  return `/api/v1/query_range?${query}`;
};

/** `NAME:PORT` or `https:NAME:PORT`, as the API server takes it. Throws `InvalidName`. */
export const serviceSegment = (text: string): string => {
  const [, name = '', port = ''] = /^(?:https:)?([^:]+):([^:]+)$/.exec(text) ?? [];
  if (isServiceName(name) && (isPortName(port) || isPort(Number(port)))) return text;
  throw new InvalidName(`not a Service with its port: ${JSON.stringify(text.slice(0, 80))}`);
};
