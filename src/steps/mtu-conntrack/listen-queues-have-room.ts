import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import { defineStep } from '../../domain/step.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { listenQueueSchema } from '../../parse/kernel/listen-queues.js';
import { connectAnew } from '../../queries/connect-anew.js';
import { kernelCounters } from '../../queries/kernel/kernel-counters.js';
import { listenQueues } from '../../queries/listen-queues.js';
import { type ServingPod, servingPods } from '../../queries/probes/serving-pods.js';
import { sourceOf } from '../../queries/probes/source-of.js';

const serverSchema = z.strictObject({
  pod: z.string(),
  port: z.int(),
  connects: connectFactsSchema,
  /** Absent where this Pod's own kernel tables could not be read. */
  inside: z.strictObject({ overflows: z.int(), queues: z.array(listenQueueSchema) }).optional(),
});
type Server = z.infer<typeof serverSchema>;

const queueOf = ({ inside, port }: Server) => {
  const queues = (inside?.queues ?? []).filter((one) => one.port === port);
  return queues.toSorted((a, b) => b.waiting - a.waiting)[0];
};

const judge = (server: Server) => {
  const { waiting, room } = queueOf(server) ?? { waiting: 0 };
  if (server.inside?.overflows) return server.connects.failed > 0 ? 'overflowing' : 'overflowing-unfelt';
  // The kernel takes one more than it was told (sk_acceptq_is_full).
  if (waiting === 0) return 'room';
  return room !== undefined && waiting >= room ? 'full' : 'waiting';
};
const worstFirst = ['overflowing', 'full', 'overflowing-unfelt', 'waiting', 'room'] as const;

export default defineStep({
  stage: 'mtu-conntrack',
  hop: 'endpoint',
  level: 'probe',
  cost: 2,
  reads: ['services', 'pods'],
  runs: [kernelCounters, connectAnew, listenQueues],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.strictObject({ servers: z.array(serverSchema) }),
  outcomes: {
    room: 'pass',
    overflowing: 'fail',
    full: 'warn',
    'overflowing-unfelt': 'warn',
    waiting: 'warn',
    'no-server': 'unsure',
  },

  async collect({ kube, pod, node }, flow) {
    if (flow.protocol !== 'TCP') return { servers: [] };
    const serving = await servingPods(kube, flow);
    const source = sourceOf({ pod, node }, flow.from);
    const look = async ({ pod: name, namespace, ips, port }: ServingPod): Promise<Server> => {
      const inside = pod({ namespace, name });
      const before = await ifReadable(inside.run(kernelCounters, {}));
      const since = before?.uptime ?? '0';
      const connects = await source.run(connectAnew, { host: ips[0] ?? '', port, tries: 6, waitSeconds: 2, since });
      const [after, queues] = await Promise.all([
        ifReadable(inside.run(kernelCounters, { since })),
        ifReadable(inside.run(listenQueues, {})),
      ]);
      if (!before || !after || !queues) return { pod: name, port, connects };
      const overflows = (after.mib.TcpExtListenOverflows ?? 0) - (before.mib.TcpExtListenOverflows ?? 0);
      return { pod: name, port, connects, inside: { overflows: Math.max(0, overflows), queues } };
    };
    const servers = await Promise.all(serving.map(look));
    if (servers.length > 0 && servers.every(({ inside }) => !inside))
      throw new CannotLook('tool-missing', 'The Pods that serve have no program to read their queues.');
    return { servers };
  },

  interpret({ servers }) {
    const judged = servers.filter(({ inside }) => inside).map((server) => ({ server, word: judge(server) }));
    const word = worstFirst.find((wanted) => judged.some((one) => one.word === wanted));
    const worst = judged.find((one) => one.word === word)?.server;
    if (!word || !worst) return { outcome: 'no-server' };
    const { waiting = 0, room = 0 } = queueOf(worst) ?? {};
    const { failed, of: tries } = worst.connects;
    const facts = {
      ...{ 'endpoint-pod': worst.pod, 'target-port': worst.port, waiting, room, failed, tries },
      ...{
        overflows: worst.inside?.overflows ?? 0,
        unread: servers.filter(({ inside }) => !inside).map((one) => one.pod),
      },
    };
    return { outcome: word, facts };
  },
});
