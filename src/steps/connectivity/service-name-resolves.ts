import { z } from 'zod';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import { defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import { lookupFactsSchema } from '../../parse/lookup.js';
import { serviceName } from '../../parse/resolv-conf.js';
import { type ResolveFacts, resolveFactsSchema } from '../../parse/resolve.js';
import { libcLookup } from '../../queries/libc-lookup.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';

const evidence = z.object({
  name: z.string(),
  /** The resolver does not tell the domain of the cluster, and the usual one was tried. */
  guessed: z.boolean(),
  short: z.string(),
  nameservers: z.array(z.string()),
  /** The cluster IPs; empty where the name stands for other addresses (headless, ExternalName). */
  expected: z.array(z.string()),
  /** What DNS says to the full name; absent without a tool that asks it. */
  dns: resolveFactsSchema.optional(),
  full: lookupFactsSchema.optional(),
  shortForm: lookupFactsSchema.optional(),
});
type Evidence = z.infer<typeof evidence>;

const failures: Partial<Record<ResolveFacts['class'], 'not-found' | 'times-out' | 'server-fails'>> = {
  'not-found': 'not-found',
  'no-address': 'not-found',
  timeout: 'times-out',
  'no-server': 'times-out',
  'server-failure': 'server-fails',
  refused: 'server-fails',
};

const isMissing = (lookup: Evidence['full']) => lookup?.class === 'unresolved' || lookup?.class === 'timeout';

// A tool that asks for itself goes on to the next server sooner than a libc does (resolv.conf(5): timeout, attempts).
const isSlow = ({ full, shortForm }: Evidence) => full?.class === 'timeout' || shortForm?.class === 'timeout';

const addressesOf = ({ dns, full }: Evidence) => (dns?.class === 'found' ? dns : full)?.addresses ?? [];

const isElsewhere = (seen: Evidence) => {
  const addresses = addressesOf(seen);
  return (
    seen.expected.length > 0 && addresses.length > 0 && !addresses.some((address) => seen.expected.includes(address))
  );
};

const judgeMissing = ({ guessed, dns, full }: Evidence) => {
  if (guessed && (dns ?? full)) return 'no-cluster-domain';
  return isMissing(full) ? 'unresolved' : 'no-name-tool';
};

const judgeFound = (seen: Evidence) => {
  if (isElsewhere(seen)) return 'wrong-address';
  if (isSlow(seen)) return 'slow';
  return isMissing(seen.shortForm) ? 'short-form-fails' : 'matches';
};

const judge = (seen: Evidence) => {
  const { guessed, dns, full } = seen;
  const failure = dns && failures[dns.class];
  if (failure && !guessed) return failure;
  return [dns, full].some((seenBy) => seenBy?.class === 'found') ? judgeFound(seen) : judgeMissing(seen);
};

const ownAddresses = (service: KubeObject<'services'> | undefined) =>
  (service?.spec?.clusterIPs ?? [service?.spec?.clusterIP ?? '']).filter(isAddress);

export default defineStep({
  stage: 'connectivity',
  hop: 'name',
  level: 'probe',
  cost: 1,
  reads: ['services'],
  runs: [resolverConfig, resolveName, libcLookup],
  from: ['pod'],
  to: ['service'],
  evidence,
  outcomes: {
    matches: 'pass',
    'short-form-fails': 'warn',
    'wrong-address': 'fail',
    slow: 'fail',
    'not-found': 'fail',
    'times-out': 'fail',
    'server-fails': 'fail',
    unresolved: 'fail',
    'no-name-tool': 'unsure',
    'no-cluster-domain': 'fail',
  },

  async collect({ kube, pod }, { from, to }) {
    const source = pod({ namespace: from.namespace, name: from.name });
    const [config, service] = await Promise.all([
      source.run(resolverConfig, {}),
      kube.get('services', { namespace: to.namespace, name: to.name }),
    ]);
    const { name, guessed } = serviceName(config, to);
    const short = from.namespace === to.namespace ? to.name : `${to.name}.${to.namespace}`;
    const known = { name, guessed, short, nameservers: config.nameservers, expected: ownAddresses(service) };
    const [dns, full, shortForm] = await Promise.all([
      ifReadable(source.run(resolveName, { name })),
      ifReadable(source.run(libcLookup, { name })),
      ifReadable(source.run(libcLookup, { name: short })),
    ]);
    return { ...known, ...(dns && { dns }), ...(full && { full }), ...(shortForm && { shortForm }) };
  },

  interpret(seen) {
    const { name, short, nameservers, expected, dns, full } = seen;
    const addresses = addressesOf(seen);
    const tool = dns?.tool ?? full?.tool ?? '';
    const server = dns?.server || (nameservers[0] ?? '');
    return {
      outcome: judge(seen),
      facts: { name, short, nameservers, expected, addresses, tool, server, class: dns?.class ?? '' },
    };
  },
});
