import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { podsBehind } from '../../domain/service-pods.js';
import { defineStep } from '../../domain/step.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { connectAnew } from '../../queries/connect-anew.js';
import { cpuStat } from '../../queries/kernel/cpu-stat.js';
import { type ServingPod, servingPods } from '../../queries/probes/serving-pods.js';
import { sourceOf } from '../../queries/probes/source-of.js';

const serverSchema = z.strictObject({
  pod: z.string(),
  connects: connectFactsSchema,
  /** Between the two readings; absent where this container could not be read. */
  inside: z.strictObject({ periods: z.int(), throttled: z.int() }).optional(),
});
type Server = z.infer<typeof serverSchema>;

const evidenceSchema = z.strictObject({
  servers: z.array(serverSchema),
  /** Pods with a container that was killed for its memory in the last ten minutes. */
  killed: z.array(z.string()),
});

const recentMs = 600_000;

const wasKilled = ({ status }: KubeObject<'pods'>, now: number) =>
  (status?.containerStatuses ?? []).some(({ state, lastState }) => {
    const ended = state?.terminated ?? lastState?.terminated;
    return ended?.reason === 'OOMKilled' && now - Date.parse(ended.finishedAt ?? '') < recentMs;
  });

// Cut short now and then is how a limit works; in most of its slices a program only waits for the next one.
const isStarved = ({ inside }: Server) =>
  inside !== undefined && inside.throttled >= 2 && inside.throttled * 2 > inside.periods;

const judge = ({ servers, killed }: z.infer<typeof evidenceSchema>) => {
  if (servers.some(isStarved)) return 'starved';
  if (killed.length > 0) return 'killed-for-memory';
  if (!servers.some(({ inside }) => inside)) return 'no-server';
  return servers.some(({ inside }) => (inside?.throttled ?? 0) > 0) ? 'cut-short' : 'free';
};

const cutsOf = ({ inside }: Server) => inside ?? { periods: 0, throttled: 0 };
const worstOf = (servers: readonly Server[]) =>
  servers.toSorted((a, b) => cutsOf(b).throttled - cutsOf(a).throttled)[0];

const told = (server: Server | undefined) =>
  server
    ? { 'endpoint-pod': server.pod, ...cutsOf(server), failed: server.connects.failed, tries: server.connects.of }
    : { 'endpoint-pod': '', periods: 0, throttled: 0, failed: 0, tries: 0 };

export default defineStep({
  stage: 'pod',
  level: 'probe',
  cost: 2,
  reads: ['services', 'pods'],
  runs: [cpuStat, connectAnew],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: { free: 'pass', 'cut-short': 'pass', starved: 'warn', 'killed-for-memory': 'warn', 'no-server': 'unsure' },

  async collect({ kube, pod, node, clock }, flow) {
    const [{ pods }, serving] = await Promise.all([podsBehind(kube, flow.to), servingPods(kube, flow)]);
    const killed = pods.filter((one) => wasKilled(one, clock.now())).map(nameOf);
    const source = sourceOf({ pod, node }, flow.from);
    const look = async ({ pod: name, namespace, ips, port }: ServingPod): Promise<Server> => {
      const inside = pod({ namespace, name });
      const before = await ifReadable(inside.run(cpuStat, {}));
      const connects = await source.run(connectAnew, {
        host: ips[0] ?? '',
        port,
        tries: 6,
        waitSeconds: 2,
        since: '0',
      });
      const after = before && (await ifReadable(inside.run(cpuStat, { since: '1' })));
      if (!before || !after) return { pod: name, connects };
      const [periods, throttled] = [after.periods - before.periods, after.throttled - before.throttled];
      return { pod: name, connects, inside: { periods: Math.max(0, periods), throttled: Math.max(0, throttled) } };
    };
    const servers = flow.protocol === 'TCP' ? await Promise.all(serving.map(look)) : [];
    if (killed.length === 0 && servers.length > 0 && servers.every(({ inside }) => !inside))
      throw new CannotLook('tool-missing', 'No container that serves shows its cgroup.');
    return { servers, killed };
  },

  interpret(evidence) {
    const { servers, killed } = evidence;
    return { outcome: judge(evidence), facts: { ...told(worstOf(servers)), killed } };
  },
});
