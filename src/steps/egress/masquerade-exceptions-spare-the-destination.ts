import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { capped } from '../../domain/capped.js';
import { holds } from '../../domain/ranges.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { masqueradeExceptionsSchema, parseMasqueradeExceptions } from '../../parse/egress/masquerade-exceptions.js';

const evidenceSchema = z.object({
  address: z.string(),
  /** Absent where no such agent is configured. */
  exceptions: masqueradeExceptionsSchema.optional(),
});

export default defineStep({
  stage: 'egress',
  level: 'observe',
  cost: 0,
  reads: ['configmaps'],
  runs: [],
  from: anyEnd,
  to: ['ip', 'host', 'cidr'],
  evidence: evidenceSchema,
  outcomes: {
    'no-agent': 'pass',
    'not-covered': 'pass',
    // Meant so where the other side has a route back to the Pods.
    covered: 'warn',
    'no-single-address': 'unsure',
  },

  async collect({ kube }, { to }) {
    const address = to.kind === 'ip' ? to.address : '';
    const found = await kube.get('configmaps', { namespace: 'kube-system', name: 'ip-masq-agent' });
    // GKE and the agent itself call the key `config`, Azure names it after a file.
    const texts = Object.values(found?.data ?? {});
    if (!found || texts.length === 0) return { address };
    const read = texts.map(parseMasqueradeExceptions);
    const [exceptions] = read.filter(({ understood }) => understood);
    if (!exceptions) throw new CannotLook('lost', 'The ConfigMap of ip-masq-agent could not be understood.');
    return { address, exceptions: { ...exceptions, ranges: read.flatMap(({ ranges }) => ranges) } };
  },

  interpret({ address, exceptions }) {
    if (!exceptions) return { outcome: 'no-agent' };
    if (address === '') return { outcome: 'no-single-address' };
    const range = exceptions.ranges.find((one) => holds(one, address)) ?? '';
    const facts = { address, range, ranges: capped(exceptions.ranges) };
    return { outcome: range ? 'covered' : 'not-covered', facts };
  },
});
