import { z } from 'zod';
import { anyEnd, defineStep } from '../../domain/step.js';
import { matrixOutcome } from '../../parse/dns/matrix.js';
import { askOverTcp } from '../../queries/dns/ask-over-tcp.js';
import { ownName } from '../../queries/probes/asked-name.js';
import { askedServerSchema, askServers, cellOf, dnsServers } from '../../queries/probes/dns-servers.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';

export default defineStep({
  stage: 'dns',
  level: 'probe',
  cost: 2,
  reads: ['services', 'pods'],
  runs: [resolverConfig, resolveName, askOverTcp],
  from: ['pod'],
  to: anyEnd,
  evidence: z.strictObject({ name: z.string(), node: z.string(), servers: z.array(askedServerSchema) }),
  outcomes: {
    'all-answer': 'pass',
    'tcp-fails': 'fail',
    'udp-fails': 'fail',
    'address-fails': 'fail',
    'far-fails': 'fail',
    'some-fail': 'fail',
    'replicas-fail': 'warn',
    'none-answer': 'fail',
    'no-servers': 'unsure',
  },

  async collect({ kube, pod, clock }, { from }) {
    const run = pod({ namespace: from.namespace, name: from.name });
    const [config, source, servers] = await Promise.all([
      run.run(resolverConfig, {}),
      kube.get('pods', { namespace: from.namespace, name: from.name }),
      dnsServers(kube, clock.now()),
    ]);
    const name = ownName(config);
    return { name, node: source?.spec?.nodeName ?? '', servers: await askServers(run, servers, name) };
  },

  interpret({ name, node, servers }) {
    const cells = servers.map(cellOf);
    const outcome = matrixOutcome(cells, node);
    const failing = cells.filter(({ udp, tcp }) => (outcome === 'tcp-fails' ? tcp === false : !udp));
    const facts = {
      name,
      node,
      address: cells.find(({ role }) => role === 'service')?.address ?? '',
      answering: cells.filter((one) => !failing.includes(one)).map(({ address }) => address),
      failing: failing.map(({ address }) => address),
      'failing-nodes': [...new Set(failing.map((one) => one.node).filter((one) => one !== ''))],
      'dns-pods': failing.map((one) => one.pod).filter((one) => one !== ''),
    };
    return { outcome, facts };
  },
});
