import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { defineStep } from '../../domain/step.js';
import { questionsFor } from '../../parse/dns/search-list.js';
import { resolveFactsSchema } from '../../parse/resolve.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';

const replySchema = z.strictObject({ name: z.string(), dns: resolveFactsSchema });
type Reply = z.infer<typeof replySchema>;
const evidenceSchema = z.strictObject({
  name: z.string(),
  ndots: z.int(),
  search: z.array(z.string()),
  /** Names that a program asks before the one that was meant, in that order. */
  before: z.array(replySchema),
  /** The name as it was written, taken for a whole one. */
  whole: resolveFactsSchema,
});
type Evidence = z.infer<typeof evidenceSchema>;

// More than that, and a program waits longer for the names it does not want than for the one it does.
const few = 2;
const most = 8;

const breaks = ({ dns }: Reply) => ['server-failure', 'refused', 'timeout'].includes(dns.class);

/** Somebody answers for a longer name, and not with the addresses of the one that was written. */
const isForeign = ({ dns }: Reply, whole: Evidence['whole']) =>
  dns.class === 'found' && !dns.addresses.some((one) => whole.addresses.includes(one));

const judge = ({ before, whole }: Evidence) => {
  if (before.some(({ dns }) => dns.class === 'other' || dns.class === 'no-server')) return 'not-understood';
  const foreign = before.some((one) => isForeign(one, whole));
  // A short name is made to be completed, and then nothing answers to it alone.
  if (foreign) return whole.class === 'found' ? 'answers-for-others' : 'completes';
  if (before.some(breaks)) return 'breaks-off';
  return before.length > few ? 'many-questions' : 'few-questions';
};

export default defineStep({
  stage: 'dns',
  level: 'probe',
  cost: 2,
  reads: [],
  runs: [resolverConfig, resolveName],
  from: ['pod'],
  to: ['host'],
  evidence: evidenceSchema,
  outcomes: {
    'few-questions': 'pass',
    completes: 'pass',
    // Every Pod has it so by default: slow it is only where each question takes its time.
    'many-questions': 'pass',
    'answers-for-others': 'fail',
    'breaks-off': 'warn',
    'not-understood': 'unsure',
  },

  async collect({ pod }, { from, to }) {
    const run = pod({ namespace: from.namespace, name: from.name });
    const config = await run.run(resolverConfig, {});
    const { ndots, before } = questionsFor(to.name, config);
    const ask = async (name: string) => ({ name, dns: await run.run(resolveName, { name }) });
    const whole = `${to.name.replace(/\.$/, '')}.`;
    const [last, ...replies] = await Promise.all([whole, ...before.slice(0, most)].map(ask));
    if (!last) throw new CannotLook('lost', 'Nobody was asked.');
    return { name: to.name, ndots, search: config.search, before: replies, whole: last.dns };
  },

  interpret(evidence) {
    const { name, ndots, search, before, whole } = evidence;
    const odd = before.find((one) => isForeign(one, whole)) ?? before.find(breaks);
    const facts = {
      name,
      ndots,
      search,
      // Each name is asked for once per address family.
      questions: 2 * (before.length + 1),
      candidate: odd?.name ?? '',
      addresses: odd?.dns.addresses ?? [],
      class: odd?.dns.class ?? '',
    };
    return { outcome: judge(evidence), facts };
  },
});
