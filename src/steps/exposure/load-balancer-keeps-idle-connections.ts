import { isIP } from 'node:net';
import { z } from 'zod';
import { balancerAddress } from '../../domain/balancer-address.js';
import { idleOrder } from '../../domain/balancer-idle.js';
import type { Flow } from '../../domain/flow.js';
import type { KubeObject } from '../../domain/kinds.js';
import { portToTry } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { isForgotten, isKept, pauseTrySchema } from '../../parse/pauses.js';
import { pausedGet } from '../../queries/paused-get.js';

const evidenceSchema = z.object({
  /** `LoadBalancer`, or what the Service is instead. */
  type: z.string(),
  order: z.strictObject({ annotation: z.string(), seconds: z.number() }).optional(),
  /** Empty where nobody inside of the cluster asks the load balancer itself. */
  address: z.string(),
  pauses: z.array(pauseTrySchema),
  /** The same at the address of the Service itself, where no load balancer is asked. */
  inside: z.strictObject({ address: z.string(), pauses: z.array(pauseTrySchema) }),
});

// Programs pause for minutes as a rule; only what is shorter than a check may take can be seen at work.
const ordinary = 300;
const longestPause = 8;

// A Service without one says "None".
const clusterAddress = (service: KubeObject<'services'> | undefined) => {
  const { clusterIP = '' } = service?.spec ?? {};
  return isIP(clusterIP) === 0 ? '' : clusterIP;
};

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
  outcomes: {
    kept: 'pass',
    forgets: 'fail',
    // Somebody ends what pauses, a server or a node, and the load balancer may be innocent.
    'lost-inside-too': 'warn',
    short: 'warn',
    'not-said': 'unsure',
    'not-a-load-balancer': 'pass',
  },

  async collect({ kube, pod }, flow) {
    const { namespace, name } = flow.to;
    const service = await kube.get('services', { namespace, name });
    const order = idleOrder(service);
    const [address, within] = [balancerAddress(service) ?? '', clusterAddress(service)];
    const base = { type: service?.spec?.type ?? '', ...(order && { order }), address };
    const none = { ...base, pauses: [], inside: { address: within, pauses: [] } };
    const port = portOf(service, flow);
    if (!order || order.seconds > longestPause || address === '' || port === undefined) return none;
    const source = pod({ namespace: flow.from.namespace, name: flow.from.name });
    const pause = Math.floor(order.seconds) + 1;
    const pausing = (host: string) => (host === '' ? [] : source.run(pausedGet, { host, port, pause }));
    const [there, here] = await Promise.all([pausing(address), pausing(within)]);
    return { ...base, pauses: there, inside: { address: within, pauses: here } };
  },

  interpret({ type, order, address, pauses, inside }) {
    if (type !== 'LoadBalancer') return { outcome: 'not-a-load-balancer' };
    if (!order) return { outcome: 'not-said' };
    const pause = Math.max(0, ...pauses.map(({ seconds }) => seconds));
    const facts = { ...order, address, pause, inside: inside.address };
    if (isForgotten(pauses)) return { outcome: isKept(inside.pauses) ? 'forgets' : 'lost-inside-too', facts };
    return { outcome: order.seconds < ordinary ? 'short' : 'kept', facts };
  },
});
