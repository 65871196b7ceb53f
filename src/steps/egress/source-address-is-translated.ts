import { z } from 'zod';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { type ConnectFacts, connectFactsSchema } from '../../parse/connect.js';
import { trackedSchema } from '../../parse/kernel/conntrack-flows.js';
import { conntrackFlows } from '../../queries/kernel/conntrack-flows.js';
import { startOf } from '../../queries/probes/first-packet.js';
import { tcpConnect, threeTries } from '../../queries/tcp-connect.js';

const evidenceSchema = z.object({
  node: z.string(),
  source: z.string(),
  address: z.string(),
  port: z.int().optional(),
  fromPod: connectFactsSchema.optional(),
  fromNode: connectFactsSchema.optional(),
  /** The youngest first. */
  entries: z.array(trackedSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

const reaches = (connect: ConnectFacts | undefined) => connect !== undefined && connect.open > 0;

const wordOf = ({ source, address, fromPod, fromNode, entries }: Evidence) => {
  if (!fromPod) return 'not-tried';
  if (reaches(fromPod)) return 'answered';
  const [entry] = entries;
  // The kernel keeps an entry only for a packet that it let out.
  if (!entry) return 'never-left';
  if (entry.answerTo !== source) return 'translated';
  if (!entry.unreplied || entry.answerFrom !== address) return 'otherwise-translated';
  return reaches(fromNode) ? 'not-translated' : 'not-translated-nor-answered';
};

const most = 20;

export default defineStep({
  stage: 'egress',
  level: 'node',
  cost: 2,
  reads: ['pods', 'nodes'],
  runs: [tcpConnect, conntrackFlows],
  from: ['pod'],
  to: ['ip'],
  evidence: evidenceSchema,
  outcomes: {
    answered: 'pass',
    translated: 'pass',
    'not-translated': 'fail',
    'not-translated-nor-answered': 'unsure',
    'otherwise-translated': 'unsure',
    'never-left': 'unsure',
    'not-tried': 'unsure',
  },

  async collect({ kube, pod, node }, { from, to, port, protocol }): Promise<Evidence> {
    const start = await startOf(kube, from);
    const base = { node: start?.node ?? '', source: start?.address ?? '', address: to.address, entries: [] };
    if (!start || start.fromNode || protocol !== 'TCP' || typeof port !== 'number') return base;
    const series = threeTries(to.address, port);
    const inPod = pod({ namespace: from.namespace, name: from.name });
    const fromPod = understood(await inPod.run(tcpConnect, series));
    const here = node(start.node);
    const asked = { protocol: 'tcp', source: start.address, destination: to.address } as const;
    const [tracked, fromNode] = await Promise.all([
      here.run(conntrackFlows, asked),
      here.run(tcpConnect, series).then(understood),
    ]);
    const entries = tracked.filter(({ destinationPort }) => destinationPort === port);
    return { ...base, port, fromPod, fromNode, entries: entries.toSorted((a, b) => b.left - a.left).slice(0, most) };
  },

  interpret(evidence) {
    const { node, source, address, port = 0, fromPod, fromNode, entries } = evidence;
    const { answerTo = '', answerFrom = '' } = entries[0] ?? {};
    const { failed = 0, of = 0 } = fromPod ?? {};
    const facts = {
      ...{ node, 'source-address': source, address, 'far-port': port, entries: entries.length, failed, of },
      ...{ reached: fromNode?.open ?? 0, 'answer-to': answerTo, 'answer-from': answerFrom },
    };
    return { outcome: wordOf(evidence), facts };
  },
});
