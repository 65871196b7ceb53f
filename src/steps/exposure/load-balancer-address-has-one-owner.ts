import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { nameOf } from '../../domain/name-of.js';
import { someNodes } from '../../domain/node-address.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { addressOwners } from '../../queries/links/address-owners.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { routeTo } from '../../queries/links/route-to.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { readable } from '../../queries/probes/readable-rows.js';

const seenSchema = z.strictObject({
  ...flowNodeSchema.shape,
  macs: z.array(z.string()),
  /** Absent where a router lies between, or the program could not ask. */
  owners: z.array(z.string()).optional(),
});
const evidenceSchema = z.object({ address: z.string(), seen: z.array(seenSchema), unseen: z.array(unseenSchema) });
type Evidence = z.infer<typeof evidenceSchema>;
type Node = RunPort<typeof addressOwners | typeof ipLinks | typeof routeTo>;

const ownersOf = ({ seen }: Evidence) => [...new Set(seen.flatMap(({ owners = [] }) => owners))];

const judge = (evidence: Evidence) => {
  const { address, seen } = evidence;
  if (address === '') return 'no-address';
  const asked = seen.filter(({ owners }) => owners !== undefined);
  if (asked.length === 0) return 'not-on-link';
  const owners = ownersOf(evidence);
  if (owners.length > 1) return 'several';
  if (owners.length === 1) return 'one-owner';
  // The node that announces an address does not hear itself: silence counts only where two nodes hear it.
  return asked.length > 1 ? 'nobody' : 'not-told';
};

const lookFrom = async (node: Node, address: string) => {
  const links = readable(await node.run(ipLinks, {}), 'The network devices');
  const macs = [...new Set(links.map(({ mac }) => mac.toLowerCase()).filter(Boolean))];
  const { route } = await node.run(routeTo, { address });
  if (!route || route.gateway !== undefined || route.type !== 'unicast') return { macs };
  const said = await node.run(addressOwners, { device: route.dev, address });
  return { macs, ...(said.understood && { owners: said.owners }) };
};

export default defineStep({
  stage: 'exposure',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [addressOwners, ipLinks, routeTo],
  from: ['pod', 'node', 'outside', 'ip', 'host'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    'one-owner': 'pass',
    several: 'fail',
    nobody: 'fail',
    'not-told': 'unsure',
    'not-on-link': 'unsure',
    'no-address': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const { namespace, name } = flow.to;
    const service = await kube.get('services', { namespace, name });
    const address = service?.status?.loadBalancer?.ingress?.find(({ ip }) => ip && isIPv4(ip))?.ip ?? '';
    if (address === '') return { address, seen: [], unseen: [] };
    const nodes = await nodesOfFlow(kube, flow);
    const more = (await kube.list('nodes', { limit: someNodes })).map(nameOf);
    const other = more.find((one) => !nodes.some((place) => place.node === one));
    const all = nodes.length < 2 && other ? [...nodes, { node: other, role: 'peer' as const }] : nodes;
    return { address, ...(await eachNode(all, (place) => lookFrom(node(place.node), address))) };
  },

  interpret(evidence) {
    const { address, seen } = evidence;
    const owners = ownersOf(evidence);
    const facts = {
      ...{ address, owners, asked: seen.filter(({ owners: told }) => told !== undefined).map(({ node }) => node) },
      nodes: seen.filter(({ macs }) => macs.some((mac) => owners.includes(mac))).map(({ node }) => node),
    };
    return { outcome: judge(evidence), facts };
  },
});
