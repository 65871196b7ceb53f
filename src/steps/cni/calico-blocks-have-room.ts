import { z } from 'zod';
import {
  affinityKinds,
  assignmentKinds,
  type Block,
  blockKinds,
  blockOf,
  blockSchema,
  fitting,
  listOf,
  type Pool,
  poolKinds,
  poolSchema,
  poolsOf,
} from '../../domain/calico-objects.js';
import { firstServed } from '../../domain/not-served.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { pluginNodes } from '../../domain/plugin-nodes.js';
import { holds } from '../../domain/ranges.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const kinds = [...poolKinds, ...blockKinds, ...affinityKinds, ...assignmentKinds] as const;

const evidenceSchema = z.object({
  here: z.boolean(),
  /** Absent where Calico does not give the addresses. */
  pools: z.array(poolSchema).optional(),
  node: z.string(),
  /** How many blocks belong to Nodes, and which to this one. */
  affine: z.int(),
  own: z.array(blockSchema),
  /** A Node takes no address out of the block of another. */
  strict: z.boolean(),
  more: z.boolean(),
});
type Evidence = z.infer<typeof evidenceSchema>;

const affinitySpec = z.looseObject({ cidr: z.string(), node: z.string(), state: z.string().default('') });
const assignmentSpec = z.looseObject({ strictAffinity: z.boolean().default(false) });

// One block is some ten kilobytes, and a Node has few.
const mostOwn = 4;
const mostAffinities = 500;

type Kube = ObjectReader<'nodes' | (typeof kinds)[number]>;

const nameFor = (cidr: string) => cidr.replace(/[./:]/g, '-');

const affinities = async (kube: Kube) =>
  ((await listOf(kube, affinityKinds, { limit: mostAffinities })) ?? []).map((one) =>
    fitting(affinitySpec, one.spec, 'BlockAffinity'),
  );

const blocksOf = async (kube: Kube, cidrs: readonly string[]): Promise<Block[]> => {
  const read = cidrs
    .slice(0, mostOwn)
    .map((cidr) => firstServed(blockKinds.map((kind) => () => kube.get(kind, { name: nameFor(cidr) }))));
  return (await Promise.all(read)).flatMap((object) => (object ? [blockOf(object)] : []));
};

const isStrict = async (kube: Kube) => {
  const found = await firstServed(assignmentKinds.map((kind) => () => kube.get(kind, { name: 'default' })));
  return found ? fitting(assignmentSpec, found.spec, 'IPAMConfig').strictAffinity : false;
};

const enabled = (pools: readonly Pool[]) => pools.filter(({ disabled }) => !disabled);
const lengthOf = ({ cidr }: Pool) => Number(cidr.split('/')[1] ?? 0);
const blocksIn = (pools: readonly Pool[]) =>
  pools.reduce((sum, pool) => sum + 2 ** Math.max(0, pool.blockSize - lengthOf(pool)), 0);

const judge = ({ pools = [], affine, own, strict, more }: Evidence) => {
  const open = enabled(pools);
  if (open.length === 0) return 'no-pool';
  if (own.some(({ free }) => free > 0)) return 'room';
  const left = blocksIn(open) - affine;
  if (more || open.some(({ forAll }) => !forAll)) return 'not-counted';
  if (left > 0) return 'room';
  return strict ? 'used-up' : 'blocks-used-up';
};

export default defineStep({
  stage: 'cni',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'nodes', ...kinds],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    room: 'pass',
    'no-pool': 'fail',
    'used-up': 'fail',
    'blocks-used-up': 'warn',
    'not-counted': 'unsure',
    'other-addresses': 'unsure',
    'not-calico': 'unsure',
  },

  async collect({ kube }, flow): Promise<Evidence> {
    const nothing = { node: '', affine: 0, own: [], strict: false, more: false };
    const nodes = await pluginNodes(kube, flow, 'calico');
    if (!nodes) return { here: false, ...nothing };
    const node = (nodes.find(({ role }) => role === 'destination') ?? nodes[0])?.node ?? '';
    const pools = (await poolsOf(kube))?.filter(({ cidr }) => !cidr.includes(':'));
    if (!pools) return { here: true, ...nothing, node };
    const [all, strict] = await Promise.all([affinities(kube), isStrict(kube)]);
    const held = all.filter(({ cidr }) => enabled(pools).some((pool) => holds(pool.cidr, cidr)));
    const own = held.filter((one) => one.node === node);
    const blocks = await blocksOf(
      kube,
      own.map(({ cidr }) => cidr),
    );
    const more = all.length >= mostAffinities || own.length > mostOwn;
    return { here: true, pools, node, affine: held.length, own: blocks, strict, more };
  },

  interpret(evidence) {
    const { here, pools, node, affine, own } = evidence;
    if (!here) return { outcome: 'not-calico' };
    if (!pools) return { outcome: 'other-addresses' };
    const free = own.reduce((sum, block) => sum + block.free, 0);
    const facts = {
      node,
      pools: enabled(pools).map(({ cidr }) => cidr),
      affine,
      blocks: blocksIn(enabled(pools)),
      free,
    };
    return { outcome: judge(evidence), facts };
  },
});
