import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { defineStep } from '../../domain/step.js';
import { processSchema } from '../../parse/rules/processes.js';
import { answerSchema, type ProxyAnswer } from '../../parse/rules/proxy-port.js';
import { replacedBy } from '../../parse/rules/service-handler.js';
import { startOf } from '../../queries/probes/first-packet.js';
import { deviceNames } from '../../queries/rules/device-names.js';
import { kubeProxyPort } from '../../queries/rules/kube-proxy-port.js';
import { kubeProxyProcesses } from '../../queries/rules/kube-proxy-processes.js';

const evidenceSchema = z.object({
  node: z.string(),
  health: answerSchema,
  mode: answerSchema,
  /** Absent where the node's `ps` cannot say. */
  processes: z.array(processSchema).optional(),
  replacing: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

const time = z.object({ lastUpdated: z.iso.datetime(), currentTime: z.iso.datetime() });

/** Seconds since it last wrote rules, by the clock of the node. */
const ageOf = ({ body }: ProxyAnswer): number | undefined => {
  try {
    const read = time.safeParse(JSON.parse(body));
    if (!read.success) return undefined;
    return Math.max(0, Math.round((Date.parse(read.data.currentTime) - Date.parse(read.data.lastUpdated)) / 1000));
  } catch {
    return undefined;
  }
};

const isProxy = (name: string) => name === 'kube-proxy' || name.startsWith('k3s');

const withoutAnswer = ({ mode, processes, replacing }: Evidence, found: readonly unknown[]) => {
  if (mode.class === 'answers' || found.length > 0) return 'other-port';
  if (replacing.length > 0) return 'replaced';
  return processes === undefined ? 'unknown' : 'not-running';
};

const judge = (evidence: Evidence) => {
  const { health, processes } = evidence;
  const found = processes?.filter(({ name }) => isProxy(name)) ?? [];
  // A stopped process keeps its sockets: the kernel takes the connection and nobody reads from it.
  if (found.some(({ state, name }) => state.startsWith('T') && name === 'kube-proxy')) return 'stopped';
  if (health.class === 'silent') return 'silent';
  if (health.class === 'unhealthy') return 'behind';
  return health.class === 'answers' ? 'running' : withoutAnswer(evidence, found);
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['pods', 'nodes'],
  runs: [kubeProxyPort, kubeProxyProcesses, deviceNames],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    running: 'pass',
    behind: 'fail',
    silent: 'fail',
    stopped: 'fail',
    'not-running': 'fail',
    'other-port': 'unsure',
    replaced: 'unsure',
    unknown: 'unsure',
  },

  async collect({ kube, node }, { from }) {
    const start = await startOf(kube, from);
    if (!start) throw new CannotLook('lost', 'The source has no node yet.');
    const place = node(start.node);
    const [health, mode, ps, devices] = await Promise.all([
      place.run(kubeProxyPort, { ask: 'healthz' }),
      place.run(kubeProxyPort, { ask: 'mode' }),
      place.run(kubeProxyProcesses, {}),
      place.run(deviceNames, {}),
    ]);
    if (health.class === 'other')
      throw new CannotLook('lost', `The port of kube-proxy could not be asked: ${health.said}`);
    return {
      node: start.node,
      health,
      mode,
      ...(ps.understood && { processes: ps.processes }),
      replacing: replacedBy(devices.names),
    };
  },

  interpret(evidence) {
    const { node, health, mode, processes, replacing } = evidence;
    const facts = {
      node,
      mode: mode.class === 'answers' ? mode.body.slice(0, 40) : '',
      // Without a change of Services or endpoints nothing is written: an age alone is no fault.
      age: ageOf(health) ?? '',
      said: health.said,
      processes: (processes ?? []).map(({ pid, name, state }) => `${name} ${pid} ${state}`),
      replacing,
    };
    return { outcome: judge(evidence), facts };
  },
});
