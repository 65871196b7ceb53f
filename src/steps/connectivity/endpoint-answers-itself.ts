import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { anyEnd, defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { servingPods } from '../../queries/probes/serving-pods.js';
import { tcpConnect, threeTries } from '../../queries/tcp-connect.js';

const outcomes = {
  both: 'pass',
  // Serving the Pod address and nothing else is a choice that peers do not notice.
  'address-only': 'pass',
  'loopback-only': 'fail',
  none: 'fail',
  'not-tcp': 'unsure',
  'no-pod': 'unsure',
} as const;

const word = (atLoopback: boolean, atAddress: boolean) => {
  if (atAddress) return atLoopback ? 'both' : 'address-only';
  return atLoopback ? 'loopback-only' : 'none';
};

export default defineStep({
  stage: 'connectivity',
  hop: 'endpoint',
  level: 'probe',
  cost: 2,
  reads: ['services', 'pods'],
  runs: [tcpConnect],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.object({
    protocol: z.string(),
    pod: z.string(),
    address: z.string(),
    port: z.int(),
    loopback: connectFactsSchema.optional(),
    own: connectFactsSchema.optional(),
  }),
  outcomes,

  async collect({ kube, pod }, flow) {
    const { protocol } = flow;
    const [first] = await servingPods(kube, flow);
    const { pod: name = '', ips: [address = ''] = [], port = 0 } = first ?? {};
    const place = { protocol, pod: name, address, port };
    if (!first || protocol !== 'TCP') return place;
    const inside = pod({ namespace: first.namespace, name });
    const [loopback, own] = await Promise.all([
      inside.run(tcpConnect, threeTries(isIPv6(address) ? '::1' : '127.0.0.1', port)),
      inside.run(tcpConnect, threeTries(address, port)),
    ]);
    return { ...place, loopback: understood(loopback), own: understood(own) };
  },

  interpret({ protocol, pod, address, port, loopback, own }) {
    const facts = {
      'endpoint-pod': pod,
      address,
      'target-port': port,
      classes: own?.classes ?? {},
      tool: own?.tool ?? '',
    };
    if (protocol !== 'TCP') return { outcome: 'not-tcp', facts: { protocol } };
    if (!loopback || !own) return { outcome: 'no-pod' };
    return { outcome: word(loopback.open > 0, own.open > 0), facts };
  },
});
