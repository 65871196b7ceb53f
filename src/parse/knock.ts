import { z } from 'zod';
import type { Judgement } from '../domain/step.js';
import { type ConnectOutcome, connectFactsSchema, connectOutcome } from './connect.js';
import { type HttpFacts, httpFactsSchema } from './http.js';
import { lateTo, slowestOf } from './late.js';
import { resolveFactsSchema } from './resolve.js';

/** One address, tried by what its protocol allows. */
export const knockSchema = z.strictObject({
  address: z.string(),
  port: z.int(),
  protocol: z.string(),
  connect: connectFactsSchema.optional(),
  /** Only where the port promises HTTP, and where a program could ask. */
  http: httpFactsSchema.optional(),
  /** UDP answers only who speaks its language: DNS on port 53. */
  dns: resolveFactsSchema.optional(),
});
export type Knock = z.infer<typeof knockSchema>;

export type KnockOutcome = ConnectOutcome | 'answers-late' | 'accepts-but-silent' | 'udp-silent';

const httpOutcome = ({ failed, of, classes }: HttpFacts): KnockOutcome => {
  const speechless = (classes.silent ?? 0) + (classes.empty ?? 0);
  if (failed === of && speechless > 0 && speechless === failed) return 'accepts-but-silent';
  return connectOutcome({ failed, of, classes });
};

const dnsOutcome = ({ class: spoken }: NonNullable<Knock['dns']>): KnockOutcome => {
  if (spoken === 'timeout') return 'times-out';
  if (spoken === 'no-server') return 'refused';
  // Any rcode is a packet that came back.
  return spoken === 'other' ? 'udp-silent' : 'answers';
};

const series = ({ failed, of, classes, tool }: Pick<HttpFacts, 'failed' | 'of' | 'classes' | 'tool'>) => ({
  failed,
  of,
  classes,
  tool,
  // No failure in n tries only says, with 95 % confidence, that fewer than 3 of n fail.
  bound: of > 3 ? `3/${of}` : '1',
});

const judgeConnect = ({ address, http }: Knock, connect: NonNullable<Knock['connect']>): Judgement<KnockOutcome> => {
  const outcome = connectOutcome(connect);
  if (outcome !== 'answers') return { outcome, facts: { ...series(connect), proof: 'connect' } };
  const spoken = { proof: http ? 'http' : 'connect', ...(http && { statuses: http.statuses }) };
  if (http && http.failed > 0) return { outcome: httpOutcome(http), facts: { ...series(http), ...spoken } };
  const facts = { ...series(connect), ...spoken };
  const late = lateTo(address, connect);
  if (late === 0) return { outcome, facts };
  return { outcome: 'answers-late', facts: { ...facts, late, slowest: slowestOf(connect) } };
};

/** What knocking came to. Bytes outrank a connect: a sidecar or a load balancer accepts for another. */
export const judgeKnock = (knock: Knock): Judgement<KnockOutcome> => {
  const { address, port, protocol, connect, dns } = knock;
  const place = { address, port, protocol };
  if (dns)
    return {
      outcome: dnsOutcome(dns),
      facts: { ...place, failed: 1, of: 1, classes: { [dns.class]: 1 }, tool: dns.tool, proof: 'dns', bound: '1' },
    };
  if (!connect) return { outcome: 'udp-silent', facts: place };
  const { outcome, facts } = judgeConnect(knock, connect);
  return { outcome, facts: { ...place, ...facts } };
};
