import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { isForgotten, pauseTrySchema } from '../../parse/pauses.js';
import { ipvsDevice } from '../../parse/rules/service-handler.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { pausedGet } from '../../queries/paused-get.js';
import { startOf } from '../../queries/probes/first-packet.js';
import { addressOf } from '../../queries/probes/flow-address.js';
import { deviceNames } from '../../queries/rules/device-names.js';
import { kubeProxyConfig } from '../../queries/rules/kube-proxy-config.js';
import { virtualServerTimeouts } from '../../queries/rules/virtual-server-timeouts.js';

const keepalive = 'net.ipv4.tcp_keepalive_time';
// Applications pause for minutes as a rule; only what is shorter than a probe may take can be shown at work.
const ordinary = 300;
const longestPause = 9;
// IPVS looks at its clocks now and then.
const grace = 2;

const evidenceSchema = z.object({
  node: z.string(),
  ipvs: z.boolean(),
  /** Seconds; absent where neither IPVS nor kube-proxy tells. */
  seconds: z.number().optional(),
  /** After how many seconds a quiet connection with keepalive is asked first, by default. */
  keepalive: z.string(),
  /** Of the same request without and with a pause in its middle; none where nothing is forgotten as soon. */
  pauses: z.array(pauseTrySchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

// 0 leaves what the kernel has, which is 15 minutes (IP_VS_S_ESTABLISHED).
const configured = (config: { readonly ipvsTcpTimeout?: number | undefined } | undefined) =>
  config && (config.ipvsTcpTimeout || 900);

type Told = typeof virtualServerTimeouts | typeof kubeProxyConfig | typeof kernelSettings;

const timesOn = async (run: RunPort<Told>) => {
  const [timeouts, config, { values }] = await Promise.all([
    ifReadable(run.run(virtualServerTimeouts, {})),
    ifReadable(run.run(kubeProxyConfig, {})),
    run.run(kernelSettings, { names: [keepalive] }),
  ]);
  return { seconds: timeouts?.tcp ?? configured(config), keepalive: values[keepalive] ?? '' };
};

const judge = ({ ipvs, seconds, keepalive: asked, pauses }: Evidence) => {
  if (!ipvs) return 'not-ipvs';
  if (seconds === undefined) return 'not-told';
  if (isForgotten(pauses)) return 'forgets';
  if (seconds < ordinary) return 'short';
  return seconds > Number(asked) ? 'kept' : 'before-keepalive';
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [virtualServerTimeouts, kubeProxyConfig, deviceNames, kernelSettings, pausedGet],
  from: ['pod', 'node'],
  to: ['service', 'node', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    kept: 'pass',
    forgets: 'fail',
    short: 'warn',
    'before-keepalive': 'unsure',
    'not-told': 'unsure',
    'not-ipvs': 'unsure',
  },

  async collect({ kube, pod, node }, flow): Promise<Evidence> {
    const { from, to } = flow;
    const start = await startOf(kube, from);
    if (!start) throw new CannotLook('lost', 'The source has no node yet.');
    const run = node(start.node);
    const { names } = await run.run(deviceNames, {});
    if (!names.includes(ipvsDevice)) return { node: start.node, ipvs: false, keepalive: '', pauses: [] };
    const { seconds, ...asked } = await timesOn(run);
    const base = { node: start.node, ipvs: true, ...asked };
    if (seconds === undefined) return { ...base, pauses: [] };
    const pause = seconds + grace;
    if (from.kind !== 'pod' || to.kind !== 'service' || pause > longestPause) return { ...base, seconds, pauses: [] };
    const address = await addressOf(kube, { ...flow, from, to });
    const source = pod({ namespace: from.namespace, name: from.name });
    const pauses = address && (await ifReadable(source.run(pausedGet, { ...address, pause })));
    return { ...base, seconds, pauses: pauses ?? [] };
  },

  interpret(evidence) {
    const { node, seconds = 0, keepalive: asked, pauses } = evidence;
    const pause = Math.max(0, ...pauses.map((one) => one.seconds));
    return { outcome: judge(evidence), facts: { node, seconds, keepalive: asked, pause } };
  },
});
