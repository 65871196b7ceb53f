import { z } from 'zod';
import { anyEnd, defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import { resolveFactsSchema } from '../../parse/resolve.js';
import { nameOfEnd, ownName } from '../../queries/probes/asked-name.js';
import { askTwice, isAnswer } from '../../queries/probes/dns-servers.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';

const replySchema = z.strictObject({ address: z.string(), dns: resolveFactsSchema });
type Reply = z.infer<typeof replySchema>;
const evidenceSchema = z.strictObject({
  name: z.string(),
  replies: z.array(replySchema),
  ignored: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

/** glibc and musl read three and forget the rest without a word (resolv.conf(5), MAXNS). */
const mostServers = 3;

const isHeard = ({ dns }: Reply) => isAnswer(dns);
const finds = ({ dns }: Reply) => dns.class === 'found';

const judge = ({ replies, ignored }: Evidence) => {
  const [first, ...others] = replies;
  if (!first) return 'no-name-server';
  if (!replies.some(isHeard)) return 'none-answer';
  if (!isHeard(first)) return 'first-silent';
  // A resolver goes on to the next server after silence, and never after "there is no such name".
  if (first.dns.class === 'not-found' && others.some(finds)) return 'first-knows-less';
  if (!replies.every(isHeard)) return 'some-silent';
  return ignored.length > 0 ? 'too-many' : 'all-answer';
};

export default defineStep({
  stage: 'dns',
  level: 'probe',
  cost: 2,
  reads: [],
  runs: [resolverConfig, resolveName],
  from: ['pod'],
  to: anyEnd,
  evidence: evidenceSchema,
  outcomes: {
    'all-answer': 'pass',
    'too-many': 'warn',
    'some-silent': 'warn',
    'first-silent': 'fail',
    'first-knows-less': 'fail',
    'none-answer': 'fail',
    'no-name-server': 'unsure',
  },

  async collect({ pod }, { from, to }) {
    const run = pod({ namespace: from.namespace, name: from.name });
    const config = await run.run(resolverConfig, {});
    const name = to.kind === 'service' || to.kind === 'host' ? nameOfEnd(to, config) : ownName(config);
    const servers = config.nameservers.filter(isAddress);
    const ask = async (address: string) => ({ address, dns: await askTwice(run, { name, server: address }) });
    const replies = await Promise.all(servers.slice(0, mostServers).map(ask));
    return { name, replies, ignored: servers.slice(mostServers) };
  },

  interpret(evidence) {
    const { name, replies, ignored } = evidence;
    const facts = {
      name,
      nameservers: replies.map(({ address }) => address),
      silent: replies.filter((one) => !isHeard(one)).map(({ address }) => address),
      first: replies[0]?.address ?? '',
      answering: replies.filter(finds).map(({ address }) => address),
      ignored,
    };
    return { outcome: judge(evidence), facts };
  },
});
