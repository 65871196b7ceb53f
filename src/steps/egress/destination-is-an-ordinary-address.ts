import { z } from 'zod';
import { holds } from '../../domain/ranges.js';
import { anyEnd, defineStep } from '../../domain/step.js';

// What every cloud answers on each machine, and nobody else: credentials of the node lie behind it.
const linkLocal = ['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::254/128'];

export default defineStep({
  stage: 'egress',
  level: 'observe',
  cost: 0,
  reads: [],
  runs: [],
  from: anyEnd,
  to: ['ip', 'host', 'cidr'],
  evidence: z.object({ address: z.string() }),
  outcomes: { ordinary: 'pass', 'link-local': 'unsure', 'no-single-address': 'unsure' },

  collect: async (_, { to }) => ({ address: to.kind === 'ip' ? to.address : '' }),

  interpret({ address }) {
    if (address === '') return { outcome: 'no-single-address' };
    const special = linkLocal.some((range) => holds(range, address));
    return { outcome: special ? 'link-local' : 'ordinary', facts: { address } };
  },
});
