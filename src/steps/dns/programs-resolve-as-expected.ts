import { z } from 'zod';
import { defineStep } from '../../domain/step.js';
import { cLibrarySchema } from '../../parse/dns/c-library.js';
import { questionsFor } from '../../parse/dns/search-list.js';
import { cLibrary } from '../../queries/dns/c-library.js';
import { resolverConfig } from '../../queries/resolver-config.js';

/** What musl does otherwise than glibc, and when that matters. */
const oddities = ({ nameservers, before }: { nameservers: number; before: number }): string[] => [
  ...(nameservers > 1 ? ['asks-all-servers-at-once'] : []),
  ...(before > 0 ? ['gives-up-at-a-suffix-that-fails'] : []),
];

const evidenceSchema = z.strictObject({
  library: cLibrarySchema,
  nameservers: z.int(),
  /** Longer names that are asked before the one that was meant. */
  before: z.int(),
});

const outcomeOf = ({ library, nameservers, before }: z.infer<typeof evidenceSchema>) => {
  if (library.is === 'unknown') return 'unknown';
  if (library.is === 'glibc') return 'glibc';
  return oddities({ nameservers, before }).length > 0 ? 'musl-differs' : 'musl';
};

export default defineStep({
  stage: 'dns',
  level: 'probe',
  cost: 1,
  reads: [],
  runs: [cLibrary, resolverConfig],
  from: ['pod'],
  to: ['host', 'service'],
  evidence: evidenceSchema,
  // That an image has musl is no fault: most of them work with it.
  outcomes: { glibc: 'pass', musl: 'pass', 'musl-differs': 'pass', unknown: 'unsure' },

  async collect({ pod }, { from, to }) {
    const run = pod({ namespace: from.namespace, name: from.name });
    const [library, config] = await Promise.all([run.run(cLibrary, {}), run.run(resolverConfig, {})]);
    const name = to.kind === 'host' ? to.name : `${to.name}.${to.namespace}`;
    return { library, nameservers: config.nameservers.length, before: questionsFor(name, config).before.length };
  },

  interpret(evidence) {
    const { library, nameservers, before } = evidence;
    const facts = { loader: library.loader, nameservers, before, oddities: oddities({ nameservers, before }) };
    return { outcome: outcomeOf(evidence), facts };
  },
});
