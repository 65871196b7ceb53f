import { z } from 'zod';
import { ifReadable } from '../../domain/if-readable.js';
import { defineStep } from '../../domain/step.js';
import { lookupFactsSchema } from '../../parse/lookup.js';
import { type ResolveFacts, resolveFactsSchema } from '../../parse/resolve.js';
import { libcLookup } from '../../queries/libc-lookup.js';
import { nameOfEnd, ownName } from '../../queries/probes/asked-name.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';

const evidenceSchema = z.strictObject({
  name: z.string(),
  nameservers: z.array(z.string()),
  dns: resolveFactsSchema.optional(),
  /** A name that the cluster answers itself, for comparison. */
  own: resolveFactsSchema.optional(),
  libc: lookupFactsSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;

const fails = ({ class: heard }: ResolveFacts) => ['timeout', 'no-server', 'server-failure', 'refused'].includes(heard);

const judgeByLibc = ({ libc }: Evidence) => {
  if (libc?.class === 'found') return 'found';
  return libc?.class === 'unresolved' || libc?.class === 'timeout' ? 'unresolved' : 'no-name-tool';
};

const judge = (evidence: Evidence) => {
  const { dns, own, libc } = evidence;
  if (!dns || dns.class === 'other') return judgeByLibc(evidence);
  if (fails(dns)) return own?.class === 'found' ? 'only-outside-fails' : 'nothing-resolves';
  if (dns.class !== 'found') return 'not-found';
  return libc?.class === 'timeout' ? 'slow' : 'found';
};

export default defineStep({
  stage: 'dns',
  level: 'probe',
  cost: 1,
  reads: [],
  runs: [resolverConfig, resolveName, libcLookup],
  from: ['pod'],
  to: ['host'],
  evidence: evidenceSchema,
  outcomes: {
    found: 'pass',
    slow: 'fail',
    'not-found': 'fail',
    'only-outside-fails': 'fail',
    'nothing-resolves': 'fail',
    unresolved: 'fail',
    'no-name-tool': 'unsure',
  },

  async collect({ pod }, { from, to }) {
    const run = pod({ namespace: from.namespace, name: from.name });
    const config = await run.run(resolverConfig, {});
    const name = nameOfEnd(to, config);
    const [dns, own, libc] = await Promise.all([
      ifReadable(run.run(resolveName, { name })),
      ifReadable(run.run(resolveName, { name: ownName(config) })),
      ifReadable(run.run(libcLookup, { name: to.name })),
    ]);
    const known = { name, nameservers: config.nameservers };
    return { ...known, ...(dns && { dns }), ...(own && { own }), ...(libc && { libc }) };
  },

  interpret(evidence) {
    const { name, nameservers, dns, libc } = evidence;
    const addresses = dns?.class === 'found' ? dns.addresses : (libc?.addresses ?? []);
    return {
      outcome: judge(evidence),
      facts: { name, nameservers, addresses, class: dns?.class ?? libc?.class ?? '' },
    };
  },
});
