import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { Facts } from '../../domain/finding.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { Route } from '../../domain/ingress-route.js';
import type { RunPort } from '../../domain/ports.js';
import { understood } from '../../domain/understood.js';
import { type HttpFacts, httpFactsSchema } from '../../parse/http.js';
import { doorOutcome, failedTries } from '../../parse/ingress/door-answer.js';
import { httpGet } from '../http-get.js';
import { httpsGet } from '../https-get.js';
import { hostSchema } from '../scripts/arguments.js';

export const askedSchema = z.strictObject({
  address: z.string(),
  port: z.int(),
  scheme: z.enum(['http', 'https']),
  http: httpFactsSchema,
});
export type Asked = z.infer<typeof askedSchema>;

interface Door {
  readonly address: string;
  readonly port: number;
  readonly scheme: 'http' | 'https';
}
interface Request {
  readonly host: string;
  readonly path: string;
  readonly tries: number;
  readonly waitSeconds: number;
}

/** The longest that one try may take. */
export const longestWait = 8;

/** @throws CannotLook where no try could be understood, or no program can ask */
export const askDoor = async (
  place: RunPort<typeof httpGet | typeof httpsGet>,
  { address, port, scheme }: Door,
  { host, ...series }: Request,
): Promise<Asked> => {
  const there = { host: address, port, ...series };
  const http: HttpFacts =
    scheme === 'https'
      ? await place.run(httpsGet, { ...there, name: host || address })
      : await place.run(httpGet, { ...there, ...(host && { hostHeader: host }) });
  return { address, port, scheme, http: understood(http) };
};

/** The same, or nothing where it could not be asked. */
export const askDoorIfPossible = (...asking: Parameters<typeof askDoor>) => ifReadable(askDoor(...asking));

const unasked: Facts = {
  ...{ address: '', 'door-port': 0, scheme: 'http', statuses: [], failed: 0, of: 0, classes: {}, tool: '', server: '' },
};

export const factsOfAnswer = (asked: Asked | undefined): Facts => {
  if (!asked) return unasked;
  const { address, port, scheme, http } = asked;
  const classes = failedTries(http);
  return {
    ...{ address, 'door-port': port, scheme, statuses: http.statuses, of: http.of, classes, tool: http.tool },
    failed: Object.values(classes).reduce((sum, count) => sum + count, 0),
    server: http.tries.find(({ server }) => server)?.server ?? '',
  };
};

export const outcomeOfAnswer = (asked: Asked | undefined) => (asked ? doorOutcome(asked.http) : 'not-tried');

const askable = /^\/[\x21-\x7e]{0,1000}$/;

/** @throws CannotLook where the rule is written for a request that cannot be made here */
export const requestFor = ({ host, path }: Pick<Route, 'host' | 'path'>): Pick<Request, 'host' | 'path'> => {
  if (!askable.test(path) || (host !== '' && !hostSchema.safeParse(host).success))
    throw new CannotLook('lost', `A request for "${host}${path}" cannot be made.`);
  return { host, path };
};
