import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import { defineStep } from '../../domain/step.js';
import { ipvsDevice } from '../../parse/rules/service-handler.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { startOf } from '../../queries/probes/first-packet.js';
import { deviceNames } from '../../queries/rules/device-names.js';
import { kubeProxyConfig } from '../../queries/rules/kube-proxy-config.js';
import { virtualServerTimeouts } from '../../queries/rules/virtual-server-timeouts.js';

const keepalive = 'net.ipv4.tcp_keepalive_time';
// Applications pause for minutes as a rule.
const ordinary = 300;

const evidenceSchema = z.object({
  node: z.string(),
  ipvs: z.boolean(),
  /** Seconds; absent where neither IPVS nor kube-proxy tells. */
  seconds: z.number().optional(),
  /** After how many seconds a quiet connection with keepalive is asked first, by default. */
  keepalive: z.string(),
});
type Evidence = z.infer<typeof evidenceSchema>;

const judge = ({ ipvs, seconds, keepalive: asked }: Evidence) => {
  if (!ipvs) return 'not-ipvs';
  if (seconds === undefined) return 'not-told';
  if (seconds < ordinary) return 'short';
  return seconds > Number(asked) ? 'kept' : 'before-keepalive';
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['pods', 'nodes'],
  runs: [virtualServerTimeouts, kubeProxyConfig, deviceNames, kernelSettings],
  from: ['pod', 'node'],
  to: ['service', 'node', 'ip'],
  evidence: evidenceSchema,
  outcomes: { kept: 'pass', short: 'warn', 'before-keepalive': 'unsure', 'not-told': 'unsure', 'not-ipvs': 'unsure' },

  async collect({ kube, node }, { from }): Promise<Evidence> {
    const start = await startOf(kube, from);
    if (!start) throw new CannotLook('lost', 'The source has no node yet.');
    const run = node(start.node);
    const { names } = await run.run(deviceNames, {});
    if (!names.includes(ipvsDevice)) return { node: start.node, ipvs: false, keepalive: '' };
    const [timeouts, config, { values }] = await Promise.all([
      ifReadable(run.run(virtualServerTimeouts, {})),
      ifReadable(run.run(kubeProxyConfig, {})),
      run.run(kernelSettings, { names: [keepalive] }),
    ]);
    // 0 leaves what the kernel has, which is 15 minutes (IP_VS_S_ESTABLISHED).
    const configured = config && (config.ipvsTcpTimeout || 900);
    const seconds = timeouts?.tcp ?? configured;
    return {
      node: start.node,
      ipvs: true,
      keepalive: values[keepalive] ?? '',
      ...(seconds !== undefined && { seconds }),
    };
  },

  interpret(evidence) {
    const { node, seconds = 0, keepalive: asked } = evidence;
    return { outcome: judge(evidence), facts: { node, seconds, keepalive: asked } };
  },
});
