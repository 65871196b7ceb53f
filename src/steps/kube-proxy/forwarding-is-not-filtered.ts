import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { Flow } from '../../domain/flow.js';
import { nodesOfFlow } from '../../domain/flow-nodes.js';
import { kubeletPort } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { targetsOf } from '../../domain/targets.js';
import { connectOutcome } from '../../parse/connect.js';
import type { Filter } from '../../parse/rules/filters.js';
import { addressOfEnd, endQueries, startOfFlow } from '../../queries/probes/address-of-end.js';
import { aroundProbe, aroundQueries, aroundSchema } from '../../queries/probes/around-probe.js';
import { sourceOf } from '../../queries/probes/source-of.js';
import { targetOfPod } from '../../queries/probes/target-of-pod.js';

const evidenceSchema = z.object({
  target: z.strictObject({ address: z.string(), port: z.int(), node: z.string() }).optional(),
  around: aroundSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;
type Found = Filter & { node: string };

type Towards<T extends 'service' | 'pod' | 'ip' | 'node' = 'service' | 'pod' | 'ip' | 'node'> = Flow<'pod' | 'node', T>;
type Places = Parameters<typeof addressOfEnd>[0] & { readonly kube: ObjectReader<'services' | 'endpointslices'> };

/** Behind a Service on another node if possible, since on the way there packets are forwarded twice. */
const behindService = async (kube: Places['kube'], flow: Towards<'service'>, start: string) => {
  const { service, slices } = await serviceAndEndpoints(kube, flow.to);
  const targets = targetsOf(service, slices, flow);
  return targets.find(({ node }) => node !== start) ?? targets[0];
};

const atAddress = async (places: Places, { to, port }: Towards<'ip' | 'node'>): Promise<Evidence['target']> => {
  const address = await addressOfEnd(places, to);
  const number = port ?? (to.kind === 'node' ? kubeletPort : undefined);
  if (!address || typeof number !== 'number') return undefined;
  return { address, port: number, node: to.kind === 'node' ? to.name : '' };
};

/** Where the packets end up. */
const targetOf = async (places: Places, flow: Towards, start: string): Promise<Evidence['target']> => {
  if (flow.protocol !== 'TCP') return undefined;
  const { kind } = flow.to;
  if (kind === 'ip' || kind === 'node') return await atAddress(places, flow as Towards<'ip' | 'node'>);
  const found =
    kind === 'service'
      ? await behindService(places.kube, flow as Towards<'service'>, start)
      : await targetOfPod(places.kube, flow as Towards<'pod'>);
  return found && { address: found.address, port: found.port, node: found.node };
};

const isOurs = ({ whose }: Found) => whose === 'kube-proxy';

/** What kube-proxy itself stops comes last, and only where all is lost: its reasons are looked for elsewhere. */
const found = ({ around }: Evidence): Found[] =>
  (around?.seen ?? [])
    .flatMap(({ node, filters }) => filters.map((filter) => ({ ...filter, node })))
    .filter((one) => !isOurs(one) || around?.connect.failed === around?.connect.of)
    .toSorted((a, b) => Number(isOurs(a)) - Number(isOurs(b)) || (b.rise ?? 0) - (a.rise ?? 0));

/** It counted every packet that failed, or refused in the very words that came back at once. */
const isSeen = ({ rise = 0, does }: Found, around: NonNullable<Evidence['around']>) => {
  const { failed, classes } = around.connect;
  const answered = (classes['no-route'] ?? 0) + (classes.prohibited ?? 0) + (classes['net-unreachable'] ?? 0);
  return failed > 0 && (rise >= failed || (does === 'reject' && answered > 0));
};

type Outcome =
  | 'open'
  | 'passes-anyway'
  | 'dropped'
  | 'rejected'
  | 'closed-to-node'
  | 'would-stop'
  | 'by-policy'
  | 'by-kube-proxy'
  | 'partly-seen'
  | 'not-tried';

const judge = (evidence: Evidence): Outcome => {
  const { around } = evidence;
  if (!around) return 'not-tried';
  const [first] = found(evidence);
  const blind = around.unseen.some(({ role }) => role !== 'peer');
  if (!first) return blind ? 'partly-seen' : 'open';
  if (around.connect.failed < around.connect.of) return 'passes-anyway';
  if (first.whose !== 'other') return first.whose === 'policies' ? 'by-policy' : 'by-kube-proxy';
  if (!isSeen(first, around)) return 'would-stop';
  if (first.local) return 'closed-to-node';
  return first.does === 'drop' ? 'dropped' : 'rejected';
};

const ruleFacts = (first: Found | undefined) => ({
  node: first?.node ?? '',
  rule: first?.rule ?? '',
  table: first?.table ?? '',
  counted: first?.rise ?? '',
});

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [...aroundQueries, ...endQueries],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip', 'node'],
  evidence: evidenceSchema,
  outcomes: {
    open: 'pass',
    'passes-anyway': 'pass',
    dropped: 'fail',
    rejected: 'fail',
    'closed-to-node': 'fail',
    'would-stop': 'warn',
    'by-policy': 'unsure',
    // It drops what goes to a Service that does not exist, or to one that lets nobody in.
    'by-kube-proxy': 'fail',
    'partly-seen': 'unsure',
    'not-tried': 'unsure',
  },

  async collect({ kube, pod, node }, flow): Promise<Evidence> {
    const [start, nodes] = await Promise.all([startOfFlow({ kube, node }, flow.from), nodesOfFlow(kube, flow)]);
    const target = start && (await targetOf({ kube, node }, flow, start.node));
    if (!start || !target) return {};
    const ends = nodes.filter((one) => one.node === start.node || one.node === target.node);
    const probe = { start, to: target, beyond: [] };
    const around = await aroundProbe({ pod: sourceOf({ pod, node }, flow.from), node }, ends, probe);
    if (around.unseen.some(({ role }) => role === 'source'))
      throw new CannotLook('lost', `${start.node}: ${around.unseen[0]?.why ?? ''}`);
    return { target, around };
  },

  interpret(evidence) {
    const { target, around } = evidence;
    if (!around || !target) return { outcome: 'not-tried' };
    const facts = {
      address: target.address,
      'target-port': target.port,
      nodes: around.seen.map(({ node }) => node),
      unseen: around.unseen.map(({ node }) => node),
      ...ruleFacts(found(evidence)[0]),
      failed: around.connect.failed,
      of: around.connect.of,
      how: connectOutcome(around.connect),
    };
    return { outcome: judge(evidence), facts };
  },
});
