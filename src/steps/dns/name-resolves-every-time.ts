import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import { defineStep } from '../../domain/step.js';
import { countBy } from '../../parse/connect.js';
import { lookupFactsSchema } from '../../parse/lookup.js';
import { resolveFactsSchema } from '../../parse/resolve.js';
import { libcLookup } from '../../queries/libc-lookup.js';
import { nameOfEnd } from '../../queries/probes/asked-name.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';

const evidenceSchema = z.strictObject({
  name: z.string(),
  lookups: z.array(z.union([lookupFactsSchema, resolveFactsSchema])),
});

/** With none of nine failing, fewer than a third fail, with 95 % confidence (3/n). */
const enough = 9;

export default defineStep({
  stage: 'dns',
  level: 'probe',
  cost: 2,
  reads: [],
  runs: [resolverConfig, resolveName, libcLookup],
  from: ['pod'],
  to: ['service', 'host'],
  evidence: evidenceSchema,
  outcomes: { 'every-time': 'pass', 'some-fail': 'fail', never: 'fail' },

  async collect({ pod }, { from, to }) {
    const run = pod({ namespace: from.namespace, name: from.name });
    const name = nameOfEnd(to, await run.run(resolverConfig, {}));
    // As programs look names up; without a program that does, as the servers answer.
    const once = async () =>
      (await ifReadable(run.run(libcLookup, { name }))) ?? (await run.run(resolveName, { name }));
    const lookups = await Promise.all(Array.from({ length: enough }, once));
    if (lookups.some((one) => one.class === 'other')) throw new CannotLook('lost', 'The lookups were not understood.');
    return { name, lookups };
  },

  interpret({ name, lookups }) {
    const failing = lookups.filter((one) => one.class !== 'found');
    const facts = { name, failed: failing.length, of: lookups.length, classes: countBy(failing, (one) => one.class) };
    if (failing.length === 0) return { outcome: 'every-time', facts };
    return { outcome: failing.length === lookups.length ? 'never' : 'some-fail', facts };
  },
});
