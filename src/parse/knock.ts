import { z } from 'zod';
import type { Judgement } from '../domain/step.js';
import { type ConnectOutcome, connectFactsSchema, connectOutcome } from './connect.js';
import { type HttpFacts, httpFactsSchema } from './http.js';
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

export type KnockOutcome = ConnectOutcome | 'accepts-but-silent' | 'udp-silent';

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

/** What knocking came to. Bytes outrank a connect: a sidecar or a load balancer accepts for another. */
export const judgeKnock = ({ address, port, protocol, connect, http, dns }: Knock): Judgement<KnockOutcome> => {
  const place = { address, port, protocol };
  if (dns)
    return {
      outcome: dnsOutcome(dns),
      facts: { ...place, failed: 1, of: 1, classes: { [dns.class]: 1 }, tool: dns.tool, proof: 'dns', bound: '1' },
    };
  if (!connect) return { outcome: 'udp-silent', facts: place };
  const outcome = connectOutcome(connect);
  if (outcome !== 'answers' || !http) return { outcome, facts: { ...place, ...series(connect), proof: 'connect' } };
  const facts = { ...place, ...series(http.failed > 0 ? http : connect), proof: 'http', statuses: http.statuses };
  return { outcome: httpOutcome(http), facts };
};
