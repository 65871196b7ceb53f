import { z } from 'zod';
import type { Flow } from '../../domain/flow.js';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { type HttpFacts, httpFactsSchema } from '../../parse/http.js';
import { httpGet } from '../../queries/http-get.js';
import { httpsGet } from '../../queries/https-get.js';
import { sourceOf } from '../../queries/probes/source-of.js';

const evidenceSchema = z.object({ address: z.string(), port: z.int(), http: httpFactsSchema.optional() });

// RFC 6585: 429 is said to a client that sends too much; RFC 9110 and 7725: 403 and 451 turn it away whatever it sends.
const tooMany = 429;
const turnsAway = [403, 451];
const overTls = [443, 8443];

const whereTo = ({ to, port, protocol }: Flow<'pod' | 'node', 'ip' | 'host'>) => {
  const address = to.kind === 'ip' ? to.address : to.name;
  return { address, port: protocol === 'TCP' && typeof port === 'number' ? port : 0 };
};

const saying = ({ tries }: HttpFacts, statuses: readonly number[]) =>
  tries.filter(({ status }) => status !== undefined && statuses.includes(status)).length;

const hungUp = ({ tries }: HttpFacts) => tries.filter((one) => one.class === 'reset' || one.class === 'empty').length;
const spoke = ({ tries }: HttpFacts) => tries.filter((one) => one.class === 'not-http').length;

const wordFor = (http: HttpFacts | undefined) => {
  if (!http || http.of === 0) return 'not-tried';
  if (saying(http, [tooMany]) > 0) return 'too-many';
  if (saying(http, turnsAway) > 0) return 'forbids';
  if (spoke(http) > 0) return 'not-http';
  if (http.answered > 0) return 'takes';
  return hungUp(http) === http.of ? 'hangs-up' : 'not-reached';
};

const heard = (http: HttpFacts) => ({
  ...{ of: http.of, statuses: http.statuses, classes: http.classes },
  turned: saying(http, [tooMany, ...turnsAway]),
});
const silence = { of: 0, statuses: [], classes: {}, turned: 0 };

export default defineStep({
  stage: 'egress',
  level: 'probe',
  cost: 2,
  reads: [],
  runs: [httpGet, httpsGet],
  from: ['pod', 'node'],
  to: ['ip', 'host'],
  evidence: evidenceSchema,
  outcomes: {
    takes: 'pass',
    'too-many': 'fail',
    // A request without credentials is turned away by many a sound server, and what speaks no HTTP hangs up on it.
    forbids: 'warn',
    'hangs-up': 'warn',
    'not-http': 'unsure',
    'not-reached': 'unsure',
    'not-tried': 'unsure',
  },

  async collect(ports, flow) {
    const { address, port } = whereTo(flow);
    if (port === 0) return { address, port };
    const place = sourceOf(ports, flow.from);
    const series = { host: address, port, path: '/', tries: 3, waitSeconds: 3 };
    const asking = overTls.includes(port)
      ? place.run(httpsGet, { ...series, name: address })
      : place.run(httpGet, series);
    return { address, port, http: understood(await asking) };
  },

  interpret({ address, port, http }) {
    return { outcome: wordFor(http), facts: { address, 'far-port': port, ...(http ? heard(http) : silence) } };
  },
});
