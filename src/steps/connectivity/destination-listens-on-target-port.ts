import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { someReadable } from '../../domain/some-readable.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { unique } from '../../parse/addresses.js';
import { isLoopback, type Listener, listenerSchema } from '../../parse/listener.js';
import { listeningSockets } from '../../queries/listening-sockets.js';
import { servingPods } from '../../queries/probes/serving-pods.js';

const lookSchema = z.object({
  pod: z.string(),
  ips: z.array(z.string()),
  port: z.int(),
  protocol: z.string(),
  understood: z.boolean(),
  listeners: z.array(listenerSchema),
});
type Look = z.infer<typeof lookSchema>;

const isWildcard = ({ address }: Listener) => address === '::' || address === '0.0.0.0';

const judge = ({ ips, port, protocol, listeners }: Look) => {
  const ours = listeners.filter((one) => one.protocol === protocol);
  if (ours.length === 0) return 'nothing';
  const there = ours.filter((one) => one.port === port);
  if (there.length === 0) return 'other-port';
  const open = there.filter((one) => isWildcard(one) || ips.includes(one.address));
  if (open.length === 0) return 'loopback-only';
  // Peers come to the first of them.
  const family = isIPv6(ips[0] ?? '') ? 'IPv6' : 'IPv4';
  return open.some((one) => one.family === family || one.family === 'both') ? 'listening' : 'other-family';
};

const told = (looks: readonly Look[], all: readonly Look[]) => {
  const { port = 0, protocol = '' } = all[0] ?? {};
  const ours = looks.flatMap(({ listeners }) => listeners).filter((one) => one.protocol === protocol);
  return {
    pods: looks.map(({ pod }) => pod),
    'endpoint-pod': looks[0]?.pod ?? '',
    failed: looks.length,
    of: all.length,
    'target-port': port,
    protocol,
    ports: unique(ours.filter((one) => !isLoopback(one)).map((one) => one.port)),
    addresses: unique(ours.filter((one) => one.port === port).map(({ address }) => address)),
    families: unique(ours.filter((one) => one.port === port).map(({ family }) => family)),
  };
};

export default defineStep({
  stage: 'connectivity',
  hop: 'endpoint',
  level: 'probe',
  cost: 1,
  reads: ['services', 'pods'],
  runs: [listeningSockets],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({ looks: z.array(lookSchema) }),
  outcomes: {
    listening: 'pass',
    'loopback-only': 'fail',
    'other-port': 'fail',
    nothing: 'fail',
    'other-family': 'fail',
    'not-understood': 'unsure',
    'no-pod': 'unsure',
  },

  async collect({ kube, pod }, flow) {
    const pods = await servingPods(kube, flow);
    const look = async ({ pod: name, namespace, ips, port }: (typeof pods)[number]) => {
      const seen = await pod({ namespace, name }).run(listeningSockets, {});
      return { pod: name, ips: [...ips], port, protocol: flow.protocol, ...seen };
    };
    return { looks: await someReadable(pods.map(look)) };
  },

  interpret({ looks }) {
    if (looks.length === 0) return { outcome: 'no-pod' };
    const read = looks.filter(({ understood }) => understood);
    if (read.length === 0) return { outcome: 'not-understood', facts: told(looks, looks) };
    const first = read.map(judge).find((word) => word !== 'listening');
    if (!first) return { outcome: 'listening', facts: told(read, read) };
    return {
      outcome: first,
      facts: told(
        read.filter((one) => judge(one) === first),
        read,
      ),
    };
  },
});
