import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { doorOf, doorSchema } from '../../domain/door.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { isEphemeral } from '../../parse/kernel/port-range.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { portSockets } from '../../queries/rules/port-sockets.js';

const range = 'net.ipv4.ip_local_port_range';
const reserved = 'net.ipv4.ip_local_reserved_ports';

const evidenceSchema = z.object({
  door: doorSchema.optional(),
  range: z.string(),
  reserved: z.string(),
  /** Absent where the sockets of the node were not seen. */
  sockets: z.strictObject({ listening: z.int(), outgoing: z.array(z.string()) }).optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;

const isNodePort = (door: Evidence['door']) => door?.services[0]?.by === 'node-port';

const judge = ({ door, sockets, ...ports }: Evidence) => {
  if (!door || !isNodePort(door) || door.node === '') return 'not-a-node-port';
  if (sockets && sockets.outgoing.length > 0) return 'client-socket';
  if (sockets && sockets.listening > 0) return 'listener';
  return isEphemeral(door.port, ports.range, ports.reserved) ? 'overlaps' : 'left';
};

const portsOf = async (run: RunPort<typeof kernelSettings>) => {
  const { values, strange } = await run.run(kernelSettings, { names: [range, reserved] });
  if (strange[0] !== undefined) throw new CannotLook('lost', strange[0]);
  return { range: values[range] ?? '', reserved: values[reserved] ?? '' };
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [kernelSettings, portSockets],
  from: ['pod', 'node', 'outside'],
  to: ['node', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    left: 'pass',
    overlaps: 'warn',
    'client-socket': 'warn',
    // kube-proxy itself listened at every node port until 1.27.
    listener: 'unsure',
    'not-a-node-port': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const door = await doorOf(kube, flow);
    if (!door || !isNodePort(door) || door.node === '') return { ...(door && { door }), range: '', reserved: '' };
    const run = node(door.node);
    const [ports, sockets] = await Promise.all([portsOf(run), ifReadable(run.run(portSockets, { port: door.port }))]);
    if (sockets?.strange[0] !== undefined) throw new CannotLook('lost', sockets.strange[0]);
    return {
      door,
      ...ports,
      ...(sockets && { sockets: { listening: sockets.listening, outgoing: [...sockets.outgoing] } }),
    };
  },

  interpret(evidence) {
    const { door, sockets } = evidence;
    const [owner] = door?.services ?? [];
    const facts = {
      ...{ node: '', 'node-port': 0, ...(door && { node: door.node, 'node-port': door.port }) },
      owner: owner ? `${owner.namespace}/${owner.name}` : '',
      ...{ range: evidence.range.replace(/\s+/g, '-'), reserved: evidence.reserved },
      outgoing: sockets?.outgoing ?? [],
    };
    return { outcome: judge(evidence), facts };
  },
});
