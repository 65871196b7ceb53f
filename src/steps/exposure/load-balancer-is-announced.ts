import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { endpointSchema, usable } from '../../domain/endpoints.js';
import { givenAddresses } from '../../domain/given-addresses.js';
import { ifReadable } from '../../domain/if-readable.js';
import { keptRunning } from '../../domain/kept-running.js';
import type { KubeObject } from '../../domain/kinds.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { podState, shouldServe } from '../../domain/pod-state.js';
import { everyNamespace } from '../../domain/ports.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const evidenceSchema = z.object({
  known: z.boolean(),
  given: z.boolean(),
  /** The pool of MetalLB that the address is from; empty where somebody else gave it. */
  pool: z.string(),
  /** Those that announce addresses; absent where they may not be listed. */
  speakers: z.array(z.strictObject({ name: z.string(), node: z.string(), ready: z.boolean() })).optional(),
  endpoints: z.array(endpointSchema),
  /** As the newest event names it. */
  announcer: z.string(),
});
type Evidence = z.infer<typeof evidenceSchema>;

// The second name is that of versions before 0.13.
const poolKeys = ['metallb.io/ip-allocated-from-pool', 'metallb.universe.tf/ip-allocated-from-pool'];

// As MetalLB's own manifest labels them, and as its chart does.
const labelsOfSpeakers: readonly Readonly<Record<string, string>>[] = [
  { app: 'metallb', component: 'speaker' },
  { 'app.kubernetes.io/name': 'metallb', 'app.kubernetes.io/component': 'speaker' },
];

const speakersIn = async (kube: ObjectReader<'pods'>, now: number) => {
  const found = labelsOfSpeakers.map((labels) => keptRunning(kube, labels, everyNamespace));
  const states = (await Promise.all(found)).flat().map((pod) => podState(pod, now));
  return states.filter(shouldServe).map(({ name, node, state }) => ({ name, node, ready: state === 'running' }));
};

const poolOf = (service: KubeObject<'services'> | undefined) => {
  const annotations = service?.metadata?.annotations ?? {};
  return poolKeys.map((key) => annotations[key]).find(Boolean) ?? '';
};

// 'announcing from node "node-b" with protocol "layer2"'
const announcerIn = (events: readonly KubeObject<'events'>[] = []) => {
  const said = events.findLast(({ reason }) => reason === 'nodeAssigned')?.message ?? '';
  return /node "([^"]+)"/.exec(said)?.[1] ?? '';
};

const judge = ({ known, given, pool, speakers, endpoints }: Evidence) => {
  if (!known || !given) return 'no-address';
  if (pool === '' || !speakers) return 'not-known';
  if (speakers.length === 0) return 'no-speaker';
  if (speakers.every(({ ready }) => !ready)) return 'no-speaker-ready';
  return usable(endpoints).length === 0 ? 'nobody-to-announce' : 'announced';
};

export default defineStep({
  stage: 'exposure',
  level: 'observe',
  cost: 0,
  reads: ['services', 'endpointslices', 'pods', 'events'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    announced: 'pass',
    'no-speaker': 'fail',
    'no-speaker-ready': 'fail',
    // MetalLB announces no Service without a ready endpoint.
    'nobody-to-announce': 'fail',
    'not-known': 'unsure',
    'no-address': 'unsure',
  },

  async collect({ kube, clock }, { to }): Promise<Evidence> {
    const { service, endpoints } = await serviceAndEndpoints(kube, to);
    const [pool, given] = [poolOf(service), givenAddresses(service).length > 0];
    const base = { known: service !== undefined, given, pool, endpoints, announcer: '' };
    if (pool === '' || !given) return base;
    const about = { 'involvedObject.kind': 'Service', 'involvedObject.name': to.name };
    const [speakers, events] = await Promise.all([
      ifReadable(speakersIn(kube, clock.now())),
      ifReadable(kube.list('events', { namespace: to.namespace, fields: about })),
    ]);
    return { ...base, ...(speakers && { speakers }), announcer: announcerIn(events) };
  },

  interpret(evidence) {
    const { pool, speakers = [], announcer } = evidence;
    const facts = {
      ...{ pool, announcer, total: speakers.length },
      speakers: capped(speakers.map(({ name, node }) => `${name} (${node})`)),
      troubled: capped(speakers.filter(({ ready }) => !ready).map(({ name }) => name)),
    };
    return { outcome: judge(evidence), facts };
  },
});
