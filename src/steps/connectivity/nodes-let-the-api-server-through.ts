import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { nameOf } from '../../domain/name-of.js';
import { internalAddress, mostNodes } from '../../domain/node-address.js';
import { withOtherNodes } from '../../domain/other-nodes.js';
import type { RunPort } from '../../domain/ports.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { type Target, targetSchema, targetsOf } from '../../domain/targets.js';
import { type Filter, filterSchema, filtersOf } from '../../parse/rules/filters.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { familyOf, firstPacket } from '../../queries/probes/first-packet.js';
import { nodeRules, ruleQueries } from '../../queries/probes/node-rules.js';
import { routeToAddress } from '../../queries/rules/route-to-address.js';

const queries = [...ruleQueries, routeToAddress] as const;
const evidenceSchema = z.object({
  /** Addresses of the API server. */
  servers: z.array(z.string()),
  targets: z.array(targetSchema),
  /** Those of the addresses that are addresses of Nodes: then nothing but these and the Nodes of the Pods is on the way. */
  onNodes: z.array(z.string()),
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, filters: z.array(filterSchema) })),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

// Any of them may lie between a control plane that is no Node and the Pods: a few show a rule that all were given.
const mostPlaces = 6;
const mostPairs = 3;

const filtersOn = async (node: RunPort<(typeof queries)[number]>, server: string, target: Target) => {
  const family = familyOf(target.address);
  const [{ tables }, back, there] = await Promise.all([
    nodeRules(node, family),
    node.run(routeToAddress, { address: server }),
    node.run(routeToAddress, { address: target.address }),
  ]);
  const own = back.kind === 'local';
  const packet = firstPacket(
    { address: server, fromNode: own },
    { ...target, protocol: 'tcp' },
    {
      ...{ out: there.device || undefined, toNode: there.kind === 'local', states: ['NEW', 'DNAT'] },
      ...(!own && { in: back.device || undefined }),
    },
  );
  return filtersOf({ before: tables, after: tables }, { family, packets: [packet], least: 0 });
};

type Found = Filter & { readonly node: string };

/** Between Nodes the packets pass no third one; from a control plane that is no Node they may come by any of them. */
const stopping = ({ seen, onNodes }: Evidence): Found[] =>
  seen
    .filter(({ role, node }) => role === 'destination' || onNodes.length === 0 || onNodes.includes(node))
    .flatMap(({ node, filters }) => filters.map((filter) => ({ ...filter, node })))
    .filter(({ whose }) => whose !== 'kube-proxy');

const judge = ({ seen, unseen }: Evidence, first: Found | undefined) => {
  if (seen.length === 0) return 'not-tried';
  if (first) return first.whose === 'other' ? 'would-stop' : 'by-policy';
  return unseen.length > 0 ? 'partly-seen' : 'open';
};

const ruleFacts = (first: Found | undefined) => ({
  ...{ node: first?.node ?? '', rule: first?.rule ?? '', table: first?.table ?? '' },
});

export default defineStep({
  stage: 'connectivity',
  level: 'node',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: queries,
  from: ['control-plane'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: { open: 'pass', 'would-stop': 'fail', 'by-policy': 'fail', 'partly-seen': 'unsure', 'not-tried': 'unsure' },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const [own, api, nodes, all] = await Promise.all([
      serviceAndEndpoints(kube, flow.to),
      // The only place where every cluster says under which addresses its API server is found.
      serviceAndEndpoints(kube, { namespace: 'default', name: 'kubernetes' }),
      nodesOfFlow(kube, flow),
      kube.list('nodes', { limit: mostNodes }),
    ]);
    const servers = api.endpoints.map(({ address }) => address).slice(0, mostPairs);
    const targets = targetsOf(own.service, own.slices, flow).slice(0, mostPairs);
    const places = await withOtherNodes(kube, nodes, mostPlaces);
    const onNodes = all.filter((one) => servers.includes(internalAddress(one) ?? '')).map(nameOf);
    const pairs = servers.flatMap((server) => targets.map((target) => ({ server, target })));
    if (pairs.length === 0) return { servers, targets, onNodes, seen: [], unseen: [] };
    const looked = await eachNode(places, async (place) => {
      const found = await Promise.all(pairs.map(({ server, target }) => filtersOn(node(place.node), server, target)));
      const rules = new Map(found.flat().map((filter) => [`${filter.table} ${filter.rule}`, filter]));
      return { filters: [...rules.values()].slice(0, 8) };
    });
    if (!looked.seen.some(({ role }) => role === 'destination') && looked.unseen[0])
      throw new CannotLook('lost', `${looked.unseen[0].node}: ${looked.unseen[0].why}`);
    return { servers, targets, onNodes, ...looked };
  },

  interpret(evidence) {
    const { servers, targets, seen, unseen } = evidence;
    const found = stopping(evidence);
    const first = found.find(({ whose }) => whose === 'other') ?? found[0];
    const [target] = targets;
    const facts = {
      ...{ servers, address: target?.address ?? '', 'target-port': target?.port ?? 0 },
      ...ruleFacts(first),
      ...{ nodes: seen.map(({ node }) => node), unseen: unseen.map(({ node }) => node) },
    };
    return { outcome: judge(evidence, first), facts };
  },
});
