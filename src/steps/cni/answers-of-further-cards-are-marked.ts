import { z } from 'zod';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
import { nameOf } from '../../domain/name-of.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { ipRoutes } from '../../queries/links/ip-routes.js';
import { ipRules } from '../../queries/links/ip-rules.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';
import { readable } from '../../queries/probes/readable-rows.js';

const cardSchema = z.strictObject({
  ...flowNodeSchema.shape,
  /** Addresses of servers on this node that a table of their own routes. */
  further: z.array(z.string()),
  /** Connections that came in by the first card are answered by it. */
  marked: z.boolean(),
  uplink: z.string(),
  filter: z.int(),
});
const evidenceSchema = z.object({
  aws: z.boolean(),
  servers: z.int(),
  seen: z.array(cardSchema),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

const oneAddress = /\/(32|128)$/;
// What amazon-vpc-cni-k8s writes: "from POD lookup N" for a Pod on a further card, and for what came in by the first
// "fwmark 0x80/0x80 lookup main" (its mark can be set otherwise).
const isOwnTable = (table: string) => /^\d+$/.test(table) && table !== '254';

const filterNames = (uplink: string) =>
  ['all', ...(uplink ? [uplink.replaceAll('.', '/')] : [])].map((device) => `net.ipv4.conf.${device}.rp_filter`);

type Asked = RunPort<typeof ipRules | typeof ipRoutes | typeof kernelSettings>;

const cardsOf = async (node: Asked, servers: readonly string[]) => {
  const [rules, routes] = await Promise.all([
    node.run(ipRules, {}).then((said) => readable(said, 'The rules of routing')),
    node.run(ipRoutes, {}).then((said) => readable(said, 'The routes')),
  ]);
  const uplink = routes.find(({ to, table }) => to === 'default' && table === 'main')?.dev ?? '';
  const { values } = await node.run(kernelSettings, { names: filterNames(uplink) });
  const own = rules.filter(({ table }) => isOwnTable(table)).map(({ from }) => from.replace(oneAddress, ''));
  return {
    further: servers.filter((address) => own.includes(address)),
    marked: rules.some(({ mark, table }) => mark !== undefined && table === 'main'),
    // The larger of the two counts (ip-sysctl).
    ...{ uplink, filter: Math.max(0, ...Object.values(values).map(Number)) },
  };
};

const wordFor = ({ aws, servers, seen, unseen }: Evidence) => {
  if (!aws) return 'not-aws';
  if (servers === 0) return 'no-server';
  const further = seen.filter((one) => one.further.length > 0);
  if (further.some(({ marked }) => !marked)) return 'not-marked';
  if (further.some(({ filter }) => filter === 1)) return 'filtered';
  if (unseen.some(({ role }) => role !== 'peer')) return 'partly-seen';
  return further.length > 0 ? 'marked' : 'first-card';
};

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['daemonsets', 'services', 'pods', 'nodes'],
  runs: [ipRules, ipRoutes, kernelSettings],
  from: ['pod', 'node', 'outside', 'ip'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    'not-aws': 'pass',
    'first-card': 'pass',
    marked: 'pass',
    'not-marked': 'fail',
    filtered: 'fail',
    'partly-seen': 'unsure',
    'no-server': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const sets = await kube.list('daemonsets', { namespace: 'kube-system' });
    const none = { aws: false, servers: 0, seen: [], unseen: [] };
    if (!sets.some((one) => nameOf(one) === 'aws-node')) return none;
    const [pods, places] = await Promise.all([podsOfFlow(kube, flow), nodesOfFlow(kube, flow)]);
    const servers = pods.filter(({ role, host, address }) => role === 'destination' && !host && address !== '');
    const serving = places.filter((place) => servers.some((one) => one.node === place.node));
    const looked = await nodesOfEnds(serving, (place) =>
      cardsOf(
        node(place.node),
        servers.filter((one) => one.node === place.node).map(({ address }) => address),
      ),
    );
    return { aws: true, servers: servers.length, ...looked };
  },

  interpret(evidence) {
    const outcome = wordFor(evidence);
    const wrong = evidence.seen.filter(
      ({ further, marked, filter }) => further.length > 0 && (outcome === 'not-marked' ? !marked : filter === 1),
    );
    const [first] = wrong.length > 0 ? wrong : evidence.seen;
    const facts = {
      ...{ node: first?.node ?? '', uplink: first?.uplink ?? '', filter: first?.filter ?? 0 },
      nodes: evidence.seen.map(({ node }) => node),
      further: evidence.seen.flatMap((one) => one.further),
      unseen: evidence.unseen.map(({ node }) => node),
    };
    return { outcome, facts };
  },
});
