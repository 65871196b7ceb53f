import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { defineStep } from '../../domain/step.js';
import { startOf } from '../../queries/probes/first-packet.js';
import { kubeProxyConfig } from '../../queries/rules/kube-proxy-config.js';
import { kubeProxyPort } from '../../queries/rules/kube-proxy-port.js';

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['pods', 'nodes'],
  runs: [kubeProxyConfig, kubeProxyPort],
  from: ['pod', 'node'],
  to: ['service', 'node', 'ip'],
  evidence: z.object({
    node: z.string(),
    /** As kube-proxy says itself; empty where it does not answer. */
    mode: z.string(),
    /** As its configuration says; absent where it does not tell. */
    configured: z.string().optional(),
  }),
  outcomes: { 'as-configured': 'pass', 'fell-back': 'fail', 'not-told': 'unsure' },

  async collect({ kube, node }, { from }) {
    const start = await startOf(kube, from);
    if (!start) throw new CannotLook('lost', 'The source has no node yet.');
    const run = node(start.node);
    const [said, config] = await Promise.all([run.run(kubeProxyPort, { ask: 'mode' }), run.run(kubeProxyConfig, {})]);
    return {
      node: start.node,
      mode: said.class === 'answers' ? said.body.trim().slice(0, 40) : '',
      // Without a word, kube-proxy of Linux runs in iptables mode.
      ...(config && { configured: config.mode || 'iptables' }),
    };
  },

  interpret({ node, mode, configured }) {
    const facts = { node, mode, configured: configured ?? '' };
    if (mode === '' || configured === undefined) return { outcome: 'not-told', facts };
    return { outcome: mode === configured ? 'as-configured' : 'fell-back', facts };
  },
});
