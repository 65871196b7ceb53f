import type { AnswerTo, AskOptions, Call, World } from '../domain/ports.js';
import { abortable } from './abortable.js';
import { callKey } from './canonical.js';

/** How long an answer about the cluster counts as the present, in milliseconds. */
const youngFor = 30_000;

interface Request {
  readonly answer: Promise<unknown>;
  readonly askedAt: number;
  readonly controller: AbortController;
  waiting: number;
  settled: boolean;
}

/**
 * Shares answers: callers that ask the same within 30 seconds get one request. Age counts from the moment
 * of asking, so an answer is never older than it claims. A rejection is not kept. A request is given up
 * when the last caller that waits for it has given up, and by no single one of several.
 */
export const cached = (world: World): World => {
  const requests = new Map<string, Request>();

  const start = (key: string, call: Call, options: AskOptions): Request => {
    const controller = new AbortController();
    const askedAt = world.clock.now();
    const answer = world.ask(call, controller.signal, options);
    const request: Request = { answer, askedAt, controller, waiting: 0, settled: false };
    const forget = () => requests.get(key) === request && requests.delete(key);
    answer.then(
      () => {
        request.settled = true;
      },
      () => {
        request.settled = true;
        forget();
      },
    );
    controller.signal.addEventListener('abort', forget);
    requests.set(key, request);
    return request;
  };

  const isYoung = (call: Call, { askedAt, settled }: Request) =>
    !settled || keptForever(call) || world.clock.now() - askedAt < youngFor;

  return {
    async ask<C extends Call>(call: C, signal: AbortSignal, options: AskOptions = {}) {
      signal.throwIfAborted();
      const key = callKey(call);
      const known = requests.get(key);
      const request = known && !options.fresh && isYoung(call, known) ? known : start(key, call, options);
      return (await wait(request, signal)) as AnswerTo<C>;
    },
    clock: world.clock,
    cost: () => world.cost(),
    close: () => world.close(),
  };
};

/** Rights and the version of the API server do not change in the minutes of a session. */
const keptForever = (call: Call) => call.port === 'kube' && (call.verb === 'rules' || call.verb === 'version');

const wait = async (request: Request, signal: AbortSignal) => {
  request.waiting += 1;
  try {
    return await abortable(request.answer, signal);
  } finally {
    request.waiting -= 1;
    if (request.waiting === 0 && !request.settled) request.controller.abort(signal.reason);
  }
};
