import { z } from 'zod';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { exemptionSchema, exemptions } from '../../parse/rules/untracked.js';
import { nodeRules } from '../../queries/probes/node-rules.js';
import { readQueries, readRules } from '../../queries/probes/read-rules.js';
import { serviceFlow } from '../../queries/probes/service-flow.js';
import { sourceOf } from '../../queries/probes/source-of.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const evidenceSchema = z.object({
  node: z.string(),
  address: z.string(),
  port: z.int(),
  connect: connectFactsSchema.optional(),
  exemptions: z.array(exemptionSchema),
  /** The address is one of the node itself, as that of a DNS cache or of IPVS: nothing has to be translated. */
  here: z.boolean(),
  replacing: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

const judge = ({ connect, exemptions: found, here, replacing }: Evidence) => {
  if (!connect) return 'not-tried';
  const [first] = found;
  if (!first) return 'tracked';
  if (here) return 'served-here';
  if (replacing.length > 0) return 'replaced';
  if (connect.failed < connect.of) return 'passes-anyway';
  return (first.rise ?? 0) >= connect.failed ? 'exempt' : 'may-be-exempt';
};

const most = 4;

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [...readQueries, tcpConnect],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    tracked: 'pass',
    'served-here': 'pass',
    'passes-anyway': 'pass',
    exempt: 'fail',
    'may-be-exempt': 'warn',
    replaced: 'unsure',
    'not-tried': 'unsure',
  },

  async collect({ kube, pod, node }, flow): Promise<Evidence> {
    const { dial } = await serviceFlow(kube, flow);
    const none = { node: '', address: '', port: 0, exemptions: [], here: false, replacing: [] };
    if (!dial || flow.protocol !== 'TCP') return none;
    const { start, to } = dial;
    const here = node(start.node);
    const read = await readRules(here, start, to);
    const { tables: before } = await nodeRules(here, read.family, 'before');
    // Other checks try in other numbers: this series lies between the two readings.
    const series = { host: to.address, port: to.port, tries: 5, waitSeconds: 2 };
    const connect = understood(await sourceOf({ pod, node }, flow.from).run(tcpConnect, series));
    const after = await nodeRules(here, read.family, 'after');
    const readings = { before, after: after.tables };
    return {
      ...{ node: start.node, address: to.address, port: to.port, connect },
      exemptions: exemptions(readings, read).slice(0, most),
      here: read.packet.toNode === true,
      replacing: [...read.replacing],
    };
  },

  interpret(evidence) {
    const { node, address, port, connect, exemptions: found } = evidence;
    const { rule = '', table = '', rise = '' } = found[0] ?? {};
    const { failed = 0, of = 0 } = connect ?? {};
    const facts = { node, address, 'service-port': port, rule, table, counted: rise, failed, of };
    return { outcome: judge(evidence), facts };
  },
});
