import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { facts } from '../../domain/finding.js';
import { flowNodeSchema } from '../../domain/flow-nodes.js';
import { agentContainer, pluginNodes } from '../../domain/plugin-nodes.js';
import { defineStep } from '../../domain/step.js';
import type { CiliumMetric } from '../../parse/plugins/cilium-metrics.js';
import { ciliumMetrics } from '../../queries/plugins/cilium-metrics.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';

const tableSchema = z.object({ name: z.string(), full: z.number() });
const seenSchema = z.object({ ...flowNodeSchema.shape, tables: z.array(tableSchema) });
type Table = z.infer<typeof tableSchema>;

/** How full a table may be before new entries begin to fail; Cilium itself reports from a tenth on. */
const enough = 0.9;

// cilium_bpf_map_pressure{map_name="ct4_global"} 0.97; the name of the label was "map" at first.
const tablesIn = (rows: readonly CiliumMetric[]): Table[] =>
  rows
    .filter(({ name }) => name === 'cilium_bpf_map_pressure')
    .map(({ labels, value }) => ({ name: labels.map_name ?? labels.map ?? '', full: value }))
    .toSorted((a, b) => b.full - a.full)
    .slice(0, 10);

const outcomeOf = ({ name }: Table) => {
  if (/(?:^|_)ct(?:4|6|_any4|_any6)?_/.test(name)) return 'tracking-full';
  return /nat/.test(name) ? 'nat-full' : 'other-full';
};

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [ciliumMetrics],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.object({ seen: z.array(seenSchema).optional(), unseen: z.array(unseenSchema) }),
  outcomes: {
    room: 'pass',
    'tracking-full': 'fail',
    'nat-full': 'fail',
    'other-full': 'warn',
    'not-counted': 'unsure',
    'partly-seen': 'unsure',
    'not-cilium': 'unsure',
  },

  async collect({ kube, pod }, flow) {
    const nodes = await pluginNodes(kube, flow, 'cilium');
    if (!nodes) return { unseen: [] };
    return await eachNode(nodes, async ({ node }) => {
      const { rows, understood, strange } = await pod(await agentContainer(kube, node, 'cilium')).run(
        ciliumMetrics,
        {},
      );
      if (!understood) throw new CannotLook('lost', `Cilium on ${node}: ${strange[0] ?? ''}`);
      return { tables: tablesIn(rows) };
    });
  },

  interpret({ seen, unseen }) {
    if (!seen) return { outcome: 'not-cilium' };
    const all = seen.flatMap(({ node, tables }) => tables.map((table) => ({ ...table, node })));
    const found = all.filter(({ full }) => full >= enough).toSorted((a, b) => b.full - a.full)[0];
    if (found) {
      const { node, name, full } = found;
      return { outcome: outcomeOf(found), facts: facts({ node, table: name, percent: Math.round(full * 100) }) };
    }
    if (unseen[0]) return { outcome: 'partly-seen', facts: facts({ unseen: unseen[0].node, why: unseen[0].why }) };
    const nodes = seen.map(({ node }) => node);
    return { outcome: all.length > 0 ? 'room' : 'not-counted', facts: facts({ nodes }) };
  },
});
