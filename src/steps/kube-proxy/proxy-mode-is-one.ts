import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { defineStep } from '../../domain/step.js';
import { familySchema, type Left, leftByModes, leftSchema } from '../../parse/rules/modes.js';
import { writtenByProxy } from '../../parse/rules/proxy-rules.js';
import { ipvsDevice, replacedBy } from '../../parse/rules/service-handler.js';
import { dialled, familyOf, startOf } from '../../queries/probes/first-packet.js';
import { nodeRules, ruleQueries } from '../../queries/probes/node-rules.js';
import { deviceNames } from '../../queries/rules/device-names.js';
import { kubeProxyPort } from '../../queries/rules/kube-proxy-port.js';
import { virtualServers } from '../../queries/rules/virtual-servers.js';

const evidenceSchema = z.object({
  node: z.string(),
  family: familySchema,
  /** As kube-proxy says itself; empty where it does not answer. */
  mode: z.string(),
  left: leftSchema,
  replacing: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

const others = ({ mode, left }: Evidence) =>
  Object.entries(left).flatMap(([name, count]) => {
    const running = mode === 'iptables' ? name.startsWith('iptables') : name === mode;
    return count > 0 && !running ? [name] : [];
  });

const backends = (left: Left) => (['iptables-nft', 'iptables-legacy'] as const).filter((name) => left[name] > 0);

const judge = (evidence: Evidence) => {
  const { mode, left, replacing } = evidence;
  const present = Object.values(left).filter((count) => count > 0).length;
  if (mode === 'userspace') return 'userspace';
  if (backends(left).length > 1) return 'both-backends';
  if (mode === '') {
    if (present > 1) return 'several';
    return replacing.length > 0 && present > 0 ? 'beside-other' : present === 0 ? 'none' : 'one';
  }
  return others(evidence).length > 0 ? 'leftovers' : 'one';
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [...ruleQueries, kubeProxyPort, deviceNames, virtualServers],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    one: 'pass',
    none: 'unsure',
    'both-backends': 'warn',
    leftovers: 'warn',
    several: 'warn',
    'beside-other': 'warn',
    userspace: 'warn',
  },

  async collect({ kube, node }, flow) {
    const [start, service] = await Promise.all([
      startOf(kube, flow.from),
      kube.get('services', { namespace: flow.to.namespace, name: flow.to.name }),
    ]);
    if (!start) throw new CannotLook('lost', 'The source has no node yet.');
    const family = familyOf(dialled(service, flow)?.address ?? start.address);
    const run = node(start.node);
    const [{ tables }, said, { names }, ipvs] = await Promise.all([
      nodeRules(run, family),
      run.run(kubeProxyPort, { ask: 'mode' }),
      run.run(deviceNames, {}),
      run.run(virtualServers, {}),
    ]);
    return {
      node: start.node,
      family,
      mode: said.class === 'answers' ? said.body.trim().slice(0, 40) : '',
      left: leftByModes(writtenByProxy(tables, family), names.includes(ipvsDevice) ? ipvs.servers.length : 0),
      replacing: replacedBy(names),
    };
  },

  interpret(evidence) {
    const { node, mode, left, replacing } = evidence;
    return { outcome: judge(evidence), facts: { node, mode, others: others(evidence), left, replacing } };
  },
});
