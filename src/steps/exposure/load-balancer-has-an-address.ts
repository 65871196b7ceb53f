import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { givenAddresses } from '../../domain/given-addresses.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import { everyNamespace } from '../../domain/ports.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const evidenceSchema = z.object({
  /** Absent where there is no such Service. */
  type: z.string().optional(),
  class: z.string(),
  addresses: z.array(z.string()),
  /** Since it was made, in milliseconds. */
  age: z.number(),
  /** Other Services of the type, and how many of them have an address; absent where they may not be listed. */
  others: z.strictObject({ total: z.int(), served: z.int() }).optional(),
  /** The newest first; absent where they may not be read. */
  events: z.array(z.strictObject({ reason: z.string(), message: z.string() })).optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;

// MetalLB: "Failed to allocate IP for "shop/cart": no available IPs"; cloud controllers: "Error syncing load balancer".
const words = [
  ['pool-exhausted', /no available IPs|exhausted|no free (ip|address)|quota/i],
  ['address-in-use', /already in use|also in use|can't change sharing key/i],
  ['address-not-offered', /is not allowed in config|unknown pool|no matching (pool|address)|not compatible with/i],
] as const;

// A cloud takes minutes to set one up; with nobody at work there is no event either.
const patience = 120_000;

const isServed = (service: KubeObject<'services'>) => givenAddresses(service).length > 0;
const uidOf = ({ metadata }: KubeObject<'services'>) => metadata?.uid;

const ageOf = ({ metadata }: KubeObject<'services'>, now: number) => {
  const made = Date.parse(metadata?.creationTimestamp ?? '');
  return Number.isNaN(made) ? patience : now - made;
};

const seenAt = ({ lastTimestamp, eventTime, metadata }: KubeObject<'events'>) =>
  Date.parse(lastTimestamp ?? eventTime ?? metadata?.creationTimestamp ?? '') || 0;

/** Whatever their age: what still has no address still has none for the last reason that was given. */
const about = (service: KubeObject<'services'>, events: readonly KubeObject<'events'>[]) =>
  events
    // Of a Service that was made anew under the same name, the old one's events say nothing.
    .filter(({ involvedObject: { uid } }) => uid === undefined || uid === uidOf(service))
    .toSorted((a, b) => seenAt(b) - seenAt(a))
    .map(({ reason = '', message = '' }) => ({ reason, message }));

const isFailure = ({ reason }: { reason: string }) => /fail|error|unavailable/i.test(reason);

/** Whether nobody in this cluster gives addresses to anyone. */
const isAlone = ({ age, events, others }: Evidence) =>
  age >= patience && events?.length === 0 && others !== undefined && others.served === 0;

const judge = (evidence: Evidence) => {
  const { type, addresses, events } = evidence;
  if (type === undefined) return { outcome: 'no-service' } as const;
  if (type !== 'LoadBalancer') return { outcome: 'not-a-load-balancer' } as const;
  if (addresses.length > 0) return { outcome: 'given' } as const;
  const failure = (events ?? []).find(isFailure);
  const known = failure && words.find(([, pattern]) => pattern.test(failure.message))?.[0];
  if (failure) return { outcome: known ?? 'refused', failure } as const;
  return { outcome: isAlone(evidence) ? 'nobody-gives-one' : 'pending' } as const;
};

export default defineStep({
  stage: 'exposure',
  level: 'observe',
  cost: 0,
  reads: ['services', 'events'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    given: 'pass',
    'not-a-load-balancer': 'pass',
    pending: 'unsure',
    'pool-exhausted': 'fail',
    'address-in-use': 'fail',
    'address-not-offered': 'fail',
    refused: 'fail',
    'nobody-gives-one': 'fail',
    'no-service': 'unsure',
  },

  async collect({ kube, clock }, { to: { namespace, name } }): Promise<Evidence> {
    const fields = { 'involvedObject.kind': 'Service', 'involvedObject.name': name };
    const [service, events, all] = await Promise.all([
      kube.get('services', { namespace, name }),
      ifReadable(kube.list('events', { namespace, fields })),
      ifReadable(kube.list('services', { namespace: everyNamespace, fields: { 'spec.type': 'LoadBalancer' } })),
    ]);
    if (!service) return { class: '', addresses: [], age: 0 };
    const { type = 'ClusterIP', loadBalancerClass = '' } = service.spec ?? {};
    const others = all?.filter((one) => uidOf(one) !== uidOf(service));
    return {
      ...{ type, class: loadBalancerClass, addresses: givenAddresses(service), age: ageOf(service, clock.now()) },
      ...(others && { others: { total: others.length, served: others.filter(isServed).length } }),
      ...(events && { events: about(service, events) }),
    };
  },

  interpret(evidence) {
    const { outcome, failure } = { failure: undefined, ...judge(evidence) };
    const facts = {
      ...{ addresses: capped(evidence.addresses), 'lb-class': evidence.class, reason: failure?.reason ?? '' },
      message: failure?.message ?? '',
      others: evidence.others?.total ?? 0,
    };
    return { outcome, facts };
  },
});
