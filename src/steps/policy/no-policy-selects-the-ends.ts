import { z } from 'zod';
import { defineStep } from '../../domain/step.js';
import { policyReads } from '../../policy/cluster/documents.js';
import { policiesInForce } from '../../policy/cluster/in-force.js';
import { selectionSchema, selectionsOf } from '../../policy/cluster/selections.js';
import { understand } from '../../policy/cluster/understand.js';

export default defineStep({
  stage: 'policy',
  level: 'observe',
  cost: 0,
  reads: policyReads,
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: z.strictObject({ selection: selectionSchema.optional() }),
  outcomes: {
    'none-there': 'pass',
    'none-selects': 'pass',
    selected: 'unsure',
    'other-language': 'unsure',
    'nothing-to-judge': 'unsure',
  },

  async collect({ kube, clock }, flow) {
    const { found } = await policiesInForce(kube, flow, clock.now());
    const selection = selectionsOf(understand(found), flow);
    return selection ? { selection } : {};
  },

  interpret({ selection }) {
    if (!selection) return { outcome: 'nothing-to-judge' };
    const { all, outgoing, incoming, foreign } = selection;
    const facts = { all, outgoing, incoming, foreign };
    if (foreign.length > 0) return { outcome: 'other-language', facts };
    if (outgoing.length + incoming.length > 0) return { outcome: 'selected', facts };
    return { outcome: all > 0 ? 'none-selects' : 'none-there', facts };
  },
});
