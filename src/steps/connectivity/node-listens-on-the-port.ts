import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { unique } from '../../parse/addresses.js';
import { isLoopback, type Listener, listenerSchema } from '../../parse/listener.js';
import { listeningSockets } from '../../queries/listening-sockets.js';
import { addressOfNode, endQueries } from '../../queries/probes/address-of-end.js';

const evidenceSchema = z.object({
  node: z.string(),
  address: z.string(),
  port: z.int().optional(),
  protocol: z.string(),
  listeners: z.array(listenerSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

const isWildcard = ({ address }: Listener) => address === '::' || address === '0.0.0.0';

const judge = ({ address, listeners }: Evidence) => {
  if (listeners.length === 0) return 'nothing';
  const open = listeners.filter((one) => isWildcard(one) || one.address === address);
  if (open.length === 0) return listeners.every(isLoopback) ? 'loopback-only' : 'other-address';
  const family = isIPv6(address) ? 'IPv6' : 'IPv4';
  return open.some((one) => one.family === family || one.family === 'both') ? 'listening' : 'other-family';
};

export default defineStep({
  stage: 'connectivity',
  hop: 'node',
  level: 'node',
  cost: 1,
  reads: ['pods', 'nodes'],
  runs: [listeningSockets, ...endQueries],
  from: anyEnd,
  to: ['node'],
  evidence: evidenceSchema,
  outcomes: {
    listening: 'pass',
    'loopback-only': 'fail',
    'other-address': 'fail',
    'other-family': 'fail',
    // A node port and a host port are rules, and need no socket.
    nothing: 'unsure',
    'no-port': 'unsure',
  },

  async collect({ kube, node }, { to, port, protocol }): Promise<Evidence> {
    const base = { node: to.name, protocol, address: '', listeners: [] };
    if (typeof port !== 'number') return base;
    const [said, address] = await Promise.all([
      node(to.name).run(listeningSockets, {}),
      addressOfNode({ kube, node }, to.name),
    ]);
    if (!said.understood) throw new CannotLook('lost', `The sockets of ${to.name} could not be read.`);
    const listeners = said.listeners.filter((one) => one.port === port && one.protocol === protocol);
    return { ...base, port, address: address ?? '', listeners };
  },

  interpret(evidence) {
    const { node, address, port = 0, protocol, listeners } = evidence;
    const addresses = unique(listeners.map((one) => one.address));
    const facts = { node, address, 'far-port': port, protocol, addresses };
    return { outcome: port === 0 ? 'no-port' : judge(evidence), facts };
  },
});
