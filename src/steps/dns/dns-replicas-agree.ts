import { z } from 'zod';
import { serviceKind, serviceKindSchema } from '../../domain/service-kind.js';
import { defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import { resolveFactsSchema } from '../../parse/resolve.js';
import { nameOfEnd } from '../../queries/probes/asked-name.js';
import { dnsServerSchema, dnsServers, isAnswer } from '../../queries/probes/dns-servers.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';

const replySchema = z.strictObject({ ...dnsServerSchema.shape, dns: resolveFactsSchema });
type Reply = z.infer<typeof replySchema>;

const evidenceSchema = z.strictObject({
  name: z.string(),
  kind: serviceKindSchema,
  /** The addresses that the API knows; empty where the name stands for others. */
  expected: z.array(z.string()),
  replies: z.array(replySchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

const isRight = ({ dns }: Reply, expected: readonly string[]) =>
  dns.class === 'found' && (expected.length === 0 || dns.addresses.some((one) => expected.includes(one)));

const judgeWrong = (wrong: readonly Reply[]) => {
  if (wrong.some(({ dns }) => dns.class === 'found')) return 'all-elsewhere';
  return wrong.some(({ dns }) => dns.class === 'server-failure' || dns.class === 'refused')
    ? 'all-fail'
    : 'all-unknown';
};

const judge = ({ kind, expected, replies }: Evidence) => {
  if (kind === 'absent') return 'no-service';
  const heard = replies.filter(({ dns }) => isAnswer(dns));
  // An ExternalName is asked for outside, and a headless name may stand for nobody at the moment.
  if (heard.length === 0 || kind !== 'virtual') return 'not-asked';
  const wrong = heard.filter((one) => !isRight(one, expected));
  if (wrong.length === 0) return 'agree';
  return wrong.length === heard.length ? judgeWrong(wrong) : 'differ';
};

export default defineStep({
  stage: 'dns',
  level: 'probe',
  cost: 2,
  reads: ['services', 'pods'],
  runs: [resolverConfig, resolveName],
  from: ['pod'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    agree: 'pass',
    differ: 'fail',
    'all-unknown': 'fail',
    'all-elsewhere': 'fail',
    'all-fail': 'fail',
    'not-asked': 'unsure',
    'no-service': 'unsure',
  },

  async collect({ kube, pod, clock }, { from, to }) {
    const run = pod({ namespace: from.namespace, name: from.name });
    const [config, service, servers] = await Promise.all([
      run.run(resolverConfig, {}),
      kube.get('services', { namespace: to.namespace, name: to.name }),
      dnsServers(kube, clock.now()),
    ]);
    const name = nameOfEnd(to, config);
    const ask = async (server: (typeof servers)[number]) => ({
      ...server,
      dns: await run.run(resolveName, { name, server: server.address }),
    });
    const replies = await Promise.all(servers.filter(({ role }) => role === 'replica').map(ask));
    return { name, kind: serviceKind(service), expected: (service?.spec?.clusterIPs ?? []).filter(isAddress), replies };
  },

  interpret(evidence) {
    const { name, expected, replies } = evidence;
    const heard = replies.filter(({ dns }) => isAnswer(dns));
    const wrong = heard.filter((one) => !isRight(one, expected));
    const facts = {
      name,
      expected,
      right: heard.filter((one) => !wrong.includes(one)).map(({ pod }) => pod),
      wrong: wrong.map(({ pod }) => pod),
      class: wrong[0]?.dns.class ?? '',
      addresses: wrong[0]?.dns.addresses ?? [],
    };
    return { outcome: judge(evidence), facts };
  },
});
