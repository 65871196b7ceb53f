import { z } from 'zod';
import { isDnsLabel, isDnsSubdomain } from '../../domain/dns-names.js';
import { defineHistory, literally, together } from './question.js';

// Those who collect logs name the same thing in two ways: as Kubernetes does, and as OpenTelemetry does.
const spellings = [
  { namespace: 'namespace', pod: 'pod', container: 'container' },
  { namespace: 'k8s_namespace_name', pod: 'k8s_pod_name', container: 'k8s_container_name' },
] as const;
type Label = keyof (typeof spellings)[number];

/** Of labels, what each has to match as a whole. */
type Where = Partial<Record<Label, string>>;

/** `container` says it where the names of Pods do not live as long as a history. */
const dns: Where = { namespace: 'kube-system', container: 'coredns|kubedns' };
const rules: Where = { namespace: 'kube-system', container: 'kube-proxy' };
const agents: Where = {
  container:
    'kube-flannel|calico-node|cilium-agent|kube-router|antrea-agent|antrea-ovs|ovnkube-controller|aws-node|weave',
};

// klog, what is configured with brackets, and what is written as key and value; behind the two columns of a container's log, or not.
const errorLine = '(?:^| [FP] )[EF][0-9]{4} |[[](?:ERROR|FATAL)[]]|level=(?:error|fatal)';
const networkTrouble = [
  ...[
    'connection (?:refused|reset|timed out)',
    '(?:couldn.t|could not|failed to|unable to|cannot) (?:connect|resolve)',
  ],
  ...['i/o timeout', 'operation timed out', 'deadline exceeded', 'broken pipe', 'no route to host'],
  ...['network is unreachable', 'no such host', 'name or service not known', 'temporary failure in name resolution'],
  ...['econnre(?:fused|set)', 'etimedout', 'eai_again', 'enotfound', 'ehostunreach'],
].join('|');

/** A Pod by its name, or all that the same template made: their names differ in so many words at the end. */
const endSchema = z.strictObject({
  role: z.enum(['client', 'server']),
  namespace: z.string().refine(isDnsLabel),
  stem: z.string().refine(isDnsSubdomain),
  words: z.int().min(0).max(2),
});
export type LoggingEnd = z.infer<typeof endSchema>;

const asWhere = ({ namespace, stem, words }: LoggingEnd): Where => ({
  namespace,
  pod: `${literally(stem)}${'-[a-z0-9]+'.repeat(words)}`,
});

const selectors = (where: Where): string[] =>
  spellings.map((spelled) => {
    const parts = Object.entries(where).map(([label, value]) => `${spelled[label as Label]}=~"${value}"`);
    return `{${parts.join(',')}}`;
  });

/** Lines a second that match, in all places together. Where lines were kept and none matches, that is none rather than nothing. */
const matching = (places: readonly Where[], pattern: string, range: number) => {
  const all = places.flatMap(selectors);
  const sum = (filter: string) => all.map((one) => `sum(rate(${one}${filter}[${range}s]))`).join(' or ');
  return `(${sum(` |~ "${pattern}"`)} or 0 * (${sum('')}))`;
};

/** What was written into the logs: by the cluster DNS, by kube-proxy and the agents of the network, and at the ends of a flow. */
export const logHistory = defineHistory({
  name: 'log-history',
  keeper: 'loki',
  args: z.strictObject({ ends: z.array(endSchema).max(4) }),
  expression: ({ ends }, range) => {
    const places = (role: LoggingEnd['role']) => ends.filter((end) => end.role === role).map(asWhere);
    const ofEnds = (['client', 'server'] as const).filter((role) => places(role).length > 0);
    return together({
      'dns-errors': matching([dns], errorLine, range),
      'rule-errors': matching([rules], errorLine, range),
      'agent-errors': matching([agents], errorLine, range),
      ...Object.fromEntries(
        ofEnds.map((role) => [`${role}-errors`, matching(places(role), `(?i)${networkTrouble}`, range)]),
      ),
    });
  },
});
