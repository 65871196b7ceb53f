import { z } from 'zod';
import { portToTry } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { judgeProxied, type ProxiedGet, proxiedGetSchema } from '../../parse/egress/proxied-get.js';
import { proxiedGet } from '../../queries/proxied-get.js';

// A port that is none of TCP: whatever the environment says, nothing was asked.
const nothing: ProxiedGet = { proxy: true };

export default defineStep({
  stage: 'egress',
  hop: 'source',
  level: 'probe',
  cost: 2,
  reads: ['services'],
  runs: [proxiedGet],
  from: ['pod'],
  to: ['service'],
  evidence: z.strictObject({ host: z.string(), port: z.int(), heard: proxiedGetSchema.optional() }),
  outcomes: {
    answers: 'pass',
    'no-proxy': 'pass',
    'proxy-fails': 'fail',
    'proxy-refuses': 'fail',
    'not-comparable': 'unsure',
  },

  async collect({ kube, pod }, { from, to, ...flow }) {
    const service = await kube.get('services', { namespace: to.namespace, name: to.name });
    const meant = portToTry(service, flow);
    // As programs write it; what NO_PROXY leaves out is mostly said by the end of such a name.
    const host = `${to.name}.${to.namespace}.svc`;
    if (meant?.protocol !== 'TCP') return { host, port: meant?.port ?? 0 };
    const source = pod({ namespace: from.namespace, name: from.name });
    return { host, port: meant.port, heard: await source.run(proxiedGet, { host, port: meant.port }) };
  },

  interpret({ host, port, heard = nothing }) {
    const { asTold, direct } = heard;
    const facts = {
      ...{ host, port, status: asTold?.status ?? 0, 'direct-status': direct?.status ?? 0 },
      'proxy-said': asTold?.message ?? '',
    };
    return { outcome: judgeProxied(heard), facts };
  },
});
