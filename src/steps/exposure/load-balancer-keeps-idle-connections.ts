import { z } from 'zod';
import { balancerAddress } from '../../domain/balancer-address.js';
import { idleOrder } from '../../domain/balancer-idle.js';
import type { Flow } from '../../domain/flow.js';
import type { KubeObject } from '../../domain/kinds.js';
import { portToTry } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { isForgotten, pauseTrySchema } from '../../parse/pauses.js';
import { pausedGet } from '../../queries/paused-get.js';

const evidenceSchema = z.object({
  /** `LoadBalancer`, or what the Service is instead. */
  type: z.string(),
  order: z.strictObject({ annotation: z.string(), seconds: z.number() }).optional(),
  /** Empty where nobody inside of the cluster asks the load balancer itself. */
  address: z.string(),
  pauses: z.array(pauseTrySchema),
});

// Programs pause for minutes as a rule; only what is shorter than a check may take can be seen at work.
const ordinary = 300;
const longestPause = 8;

const portOf = (service: KubeObject<'services'> | undefined, flow: Pick<Flow, 'port' | 'protocol'>) => {
  const meant = portToTry(service, flow);
  return meant?.protocol === 'TCP' ? meant.port : undefined;
};

export default defineStep({
  stage: 'exposure',
  level: 'probe',
  cost: 2,
  reads: ['services'],
  runs: [pausedGet],
  from: ['pod'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: { kept: 'pass', forgets: 'fail', short: 'warn', 'not-said': 'unsure', 'not-a-load-balancer': 'pass' },

  async collect({ kube, pod }, flow) {
    const { namespace, name } = flow.to;
    const service = await kube.get('services', { namespace, name });
    const order = idleOrder(service);
    const base = { type: service?.spec?.type ?? '', ...(order && { order }), address: balancerAddress(service) ?? '' };
    const port = portOf(service, flow);
    if (!order || order.seconds > longestPause || base.address === '' || port === undefined)
      return { ...base, pauses: [] };
    const source = pod({ namespace: flow.from.namespace, name: flow.from.name });
    const pause = Math.floor(order.seconds) + 1;
    return { ...base, pauses: await source.run(pausedGet, { host: base.address, port, pause }) };
  },

  interpret({ type, order, address, pauses }) {
    if (type !== 'LoadBalancer') return { outcome: 'not-a-load-balancer' };
    if (!order) return { outcome: 'not-said' };
    const facts = { ...order, address, pause: Math.max(0, ...pauses.map(({ seconds }) => seconds)) };
    if (isForgotten(pauses)) return { outcome: 'forgets', facts };
    return { outcome: order.seconds < ordinary ? 'short' : 'kept', facts };
  },
});
