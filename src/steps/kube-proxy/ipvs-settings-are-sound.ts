import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { capped } from '../../domain/capped.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { defineStep } from '../../domain/step.js';
import { ipvsSettingsSchema, isBefore59, judgeIpvsSettings, leavingIn } from '../../parse/rules/ipvs-settings.js';
import { ipvsDevice } from '../../parse/rules/service-handler.js';
import { kernelRelease } from '../../queries/kernel/kernel-release.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { unseenSchema } from '../../queries/probes/each-node.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';
import { sourceIsSeen } from '../../queries/probes/source-is-seen.js';
import { deviceNames } from '../../queries/rules/device-names.js';
import { virtualServers } from '../../queries/rules/virtual-servers.js';

const prefix = 'net.ipv4.vs.';
const names = ['conntrack', 'conn_reuse_mode', 'expire_nodest_conn', 'run_estimation'];

const chosen = (values: Readonly<Record<string, string>>) => {
  const of = (name: string) => values[`${prefix}${name}`] ?? 'absent';
  return {
    conntrack: of('conntrack'),
    reuse: of('conn_reuse_mode'),
    expire: of('expire_nodest_conn'),
    estimates: of('run_estimation'),
  };
};

const evidenceSchema = z.object({
  seen: z.array(z.strictObject({ ...flowNodeSchema.shape, ...ipvsSettingsSchema.shape })),
  unseen: z.array(unseenSchema),
});

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [kernelSettings, kernelRelease, deviceNames, virtualServers],
  from: ['pod', 'node'],
  to: ['service', 'node', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    sound: 'pass',
    'slow-reuse': 'warn',
    'keeps-gone': 'warn',
    untracked: 'warn',
    'estimates-many': 'warn',
    'not-ipvs': 'unsure',
  },

  async collect({ kube, node }, flow) {
    const looked = await nodesOfEnds(await nodesOfFlow(kube, flow), async (place) => {
      const run = node(place.node);
      const [{ values, strange }, kernel, devices, table] = await Promise.all([
        run.run(kernelSettings, { names: names.map((name) => `${prefix}${name}`) }),
        run.run(kernelRelease, {}),
        run.run(deviceNames, {}),
        run.run(virtualServers, {}),
      ]);
      const odd = strange[0] ?? table.strange[0];
      if (odd !== undefined) throw new CannotLook('lost', odd);
      return {
        ...chosen(values),
        ...{ release: kernel?.release ?? '', dropsReuse: kernel !== undefined && isBefore59(kernel) },
        ipvs: table.there && devices.names.includes(ipvsDevice),
        servers: table.servers.length,
        leaving: capped(leavingIn(table)),
      };
    });
    return sourceIsSeen(looked);
  },

  interpret({ seen }, { to }) {
    const here = seen.find(({ role }) => role === (to.kind === 'node' ? 'destination' : 'source')) ?? seen[0];
    if (!here) return { outcome: 'not-ipvs' };
    const { node, conntrack, reuse, expire, release, servers, leaving } = here;
    const outcome = judgeIpvsSettings(here);
    const otherwise = seen.filter((one) => one !== here && judgeIpvsSettings(one) !== outcome);
    const facts = {
      node,
      conntrack,
      reuse,
      expire,
      release,
      servers,
      leaving,
      otherwise: otherwise.map((one) => one.node),
    };
    return { outcome, facts };
  },
});
