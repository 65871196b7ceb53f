import { z } from 'zod';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { internalAddress } from '../../domain/node-address.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { nodeMeant } from '../../queries/probes/node-meant.js';

const readiness = (node: KubeObject<'nodes'>) => node.status?.conditions?.find(({ type }) => type === 'Ready');

export default defineStep({
  stage: 'pod',
  hop: 'node',
  level: 'observe',
  cost: 0,
  reads: ['nodes'],
  runs: [],
  from: anyEnd,
  to: ['node'],
  evidence: z.object({
    asked: z.string(),
    node: z
      .strictObject({
        name: z.string(),
        address: z.string(),
        ready: z.string(),
        reason: z.string(),
        message: z.string(),
      })
      .optional(),
  }),
  outcomes: { ready: 'pass', 'not-ready': 'fail', 'no-such-node': 'unsure' },

  async collect({ kube }, { to }) {
    const found = await nodeMeant(kube, to.name);
    if (!found) return { asked: to.name };
    const { status: ready = 'Unknown', reason = '', message = '' } = readiness(found) ?? {};
    const node = { name: nameOf(found), address: internalAddress(found) ?? '', ready, reason, message };
    return { asked: to.name, node };
  },

  interpret({ asked, node }) {
    if (!node) return { outcome: 'no-such-node', facts: { asked } };
    const facts = {
      node: node.name,
      nodes: [node.name],
      address: node.address,
      reason: node.reason,
      message: node.message,
    };
    return { outcome: node.ready === 'True' ? 'ready' : 'not-ready', facts };
  },
});
