import { z } from 'zod';
import { portToTry } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { lateTo, slowestOf } from '../../parse/late.js';
import { serviceName } from '../../parse/resolv-conf.js';
import { connectSeries } from '../../queries/probes/connect-series.js';
import { resolverConfig } from '../../queries/resolver-config.js';
import { tcpConnect, threeTries } from '../../queries/tcp-connect.js';

export default defineStep({
  stage: 'connectivity',
  level: 'probe',
  // Beside the probes of the address it would use up what the kernel still refuses (icmp_ratelimit).
  cost: 2,
  reads: ['services'],
  runs: [resolverConfig, tcpConnect],
  from: ['pod'],
  to: ['service'],
  evidence: z.object({ name: z.string(), port: z.int(), connect: connectFactsSchema.optional() }),
  outcomes: { answers: 'pass', 'answers-late': 'warn', fails: 'fail', 'not-resolved': 'unsure', 'not-tried': 'unsure' },

  async collect({ kube, pod }, { from, to, ...flow }) {
    const source = pod({ namespace: from.namespace, name: from.name });
    const [config, service] = await Promise.all([
      source.run(resolverConfig, {}),
      kube.get('services', { namespace: to.namespace, name: to.name }),
    ]);
    const meant = portToTry(service, flow);
    const { name } = serviceName(config, to);
    if (meant?.protocol !== 'TCP') return { name, port: meant?.port ?? 0 };
    const connect = await connectSeries(source, threeTries(name, meant.port));
    return { name, port: meant.port, connect };
  },

  interpret({ name, port, connect }) {
    if (!connect) return { outcome: 'not-tried' };
    const { failed, of, classes, tool } = connect;
    const facts = { name, port, failed, of, classes, tool };
    const late = lateTo(name, connect);
    if (failed === 0 && late > 0)
      return { outcome: 'answers-late', facts: { ...facts, late, slowest: slowestOf(connect) } };
    if (failed === 0) return { outcome: 'answers', facts };
    return { outcome: classes['no-name'] === failed ? 'not-resolved' : 'fails', facts };
  },
});
