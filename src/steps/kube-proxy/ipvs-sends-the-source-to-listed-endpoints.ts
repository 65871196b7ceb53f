import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { capped } from '../../domain/capped.js';
import { defineStep } from '../../domain/step.js';
import type { VirtualConnection } from '../../parse/rules/ip-vs-connections.js';
import { ipvsDevice } from '../../parse/rules/service-handler.js';
import { serviceFlow } from '../../queries/probes/service-flow.js';
import { deviceNames } from '../../queries/rules/device-names.js';
import { virtualConnections } from '../../queries/rules/virtual-connections.js';

const entrySchema = z.strictObject({ own: z.boolean(), real: z.string(), state: z.string() });
const evidenceSchema = z.object({
  node: z.string(),
  ipvs: z.boolean(),
  listed: z.array(z.string()),
  entries: z.array(entrySchema),
});
type Evidence = z.infer<typeof evidenceSchema>;
type Entry = z.infer<typeof entrySchema>;

// A first packet that was sent on and not answered; UDP has no other state. Open and closed connections may well stay
// with an endpoint that leaves.
const isFresh = ({ state }: Entry) => state === 'SYN_RECV' || state === 'UDP';

const judge = ({ ipvs, entries }: Evidence, gone: readonly Entry[]) => {
  if (!ipvs) return 'not-ipvs';
  if (entries.length === 0) return 'no-entries';
  if (gone.some((entry) => entry.own && isFresh(entry))) return 'sent-to-gone';
  return gone.length > 0 ? 'kept-at-gone' : 'listed';
};

const protocols = ['tcp', 'udp', 'sctp'] as const;

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [virtualConnections, deviceNames],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    listed: 'pass',
    'sent-to-gone': 'fail',
    'kept-at-gone': 'warn',
    'no-entries': 'unsure',
    'not-ipvs': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const { dial, expected } = await serviceFlow(kube, flow);
    const listed = expected.map(({ address, port }) => `${address}:${port}`);
    const protocol = protocols.find((one) => one === dial?.to.protocol);
    if (!dial || !protocol) return { node: dial?.start.node ?? '', ipvs: false, listed, entries: [] };
    const { start, to } = dial;
    const run = node(start.node);
    const { names } = await run.run(deviceNames, {});
    const base = { node: start.node, listed, ipvs: names.includes(ipvsDevice) };
    // The kernel writes addresses of IPv6 in another form, which nobody has recorded yet.
    if (!base.ipvs || to.address.includes(':')) return { ...base, entries: [] };
    const table = await run.run(virtualConnections, { protocol, address: to.address, port: to.port });
    if (table.strange[0])
      throw new CannotLook('lost', `A line of /proc/net/ip_vs_conn was not understood: ${table.strange[0]}`);
    const entryOf = ({ client, real, realPort, state }: VirtualConnection) => ({
      // A program of the node has the address that it dials: it is one of the node's own.
      own: client === start.address || (start.fromNode && client === to.address),
      real: `${real}:${realPort}`,
      state,
    });
    return { ...base, entries: table.connections.map(entryOf) };
  },

  interpret(evidence) {
    const { node, listed, entries } = evidence;
    const gone = entries.filter(({ real }) => !listed.includes(real));
    const facts = {
      node,
      entries: entries.length,
      listed: capped(listed),
      gone: capped([...new Set(gone.map(({ real }) => real))]),
      states: capped([...new Set(gone.map(({ own, state }) => `${state}${own ? '' : ' (other)'}`))]),
    };
    return { outcome: judge(evidence, gone), facts };
  },
});
