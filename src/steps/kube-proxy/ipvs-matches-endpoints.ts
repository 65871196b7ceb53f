import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { capped } from '../../domain/capped.js';
import { flowNodeSchema } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { targetSchema } from '../../domain/targets.js';
import { beside } from '../../parse/rules/beside.js';
import { judgeServer, serverSchema, serverWords } from '../../parse/rules/ipvs-compare.js';
import { ipvsDevice } from '../../parse/rules/service-handler.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { serviceFlow } from '../../queries/probes/service-flow.js';
import { sourceIsSeen } from '../../queries/probes/source-is-seen.js';
import { deviceNames } from '../../queries/rules/device-names.js';
import { routeToAddress } from '../../queries/rules/route-to-address.js';
import { virtualServers } from '../../queries/rules/virtual-servers.js';

const evidenceSchema = z.object({
  service: z.strictObject({ address: z.string(), port: z.int(), protocol: z.string() }).optional(),
  expected: z.array(targetSchema),
  local: z.boolean(),
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...serverSchema.shape })),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

const expectedOn = (node: string, { expected, local }: Evidence) =>
  local ? expected.filter((target) => target.node === node) : expected;

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [virtualServers, deviceNames, routeToAddress],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    match: 'pass',
    'none-as-listed': 'pass',
    draining: 'warn',
    stale: 'fail',
    missing: 'fail',
    empty: 'fail',
    'weight-zero': 'fail',
    'no-server': 'fail',
    'no-address': 'fail',
    'not-ipvs': 'unsure',
    'nothing-to-compare': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const { nodes, dial, expected, local } = await serviceFlow(kube, flow);
    const base = { expected, local };
    if (!dial) return { ...base, seen: [], unseen: [] };
    const { to } = dial;
    const looked = await eachNode(nodes, async (place) => {
      const run = node(place.node);
      const [table, { names }, route] = await Promise.all([
        run.run(virtualServers, {}),
        run.run(deviceNames, {}),
        run.run(routeToAddress, { address: to.address }),
      ]);
      if (table.strange[0])
        throw new CannotLook('lost', `A line of /proc/net/ip_vs was not understood: ${table.strange[0]}`);
      const ours = table.servers.filter((one) => one.address === to.address && one.protocol === to.protocol);
      return {
        ipvs: table.there && names.includes(ipvsDevice),
        ownAddress: route.kind === 'local',
        servers: table.servers.length,
        server: ours.find(({ port }) => port === to.port),
      };
    });
    return { ...base, service: to, ...sourceIsSeen(looked) };
  },

  interpret(evidence) {
    const here = evidence.seen.find(({ role }) => role === 'source');
    const { service } = evidence;
    if (!here || !service) return { outcome: 'nothing-to-compare' };
    const { outcome, stale, missing, idle } = judgeServer(here, expectedOn(here.node, evidence));
    const wordOn = (one: typeof here) => judgeServer(one, expectedOn(one.node, evidence)).outcome;
    const facts = {
      node: here.node,
      address: service.address,
      'service-port': service.port,
      servers: here.servers,
      real: capped((here.server?.real ?? []).map(serverWords)),
      listed: capped(expectedOn(here.node, evidence).map(({ address, port }) => `${address}:${port}`)),
      stale: capped(stale),
      missing: capped(missing),
      idle: capped(idle),
      otherwise: beside(here, evidence.seen, wordOn).otherwise,
    };
    return { outcome, facts };
  },
});
