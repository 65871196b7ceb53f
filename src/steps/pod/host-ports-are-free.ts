import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { ifReadable } from '../../domain/if-readable.js';
import { inIncident } from '../../domain/in-incident.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { podState } from '../../domain/pod-state.js';
import { podsBehind } from '../../domain/service-pods.js';
import { anyEnd, defineStep } from '../../domain/step.js';

type Pod = KubeObject<'pods'>;

const claimSchema = z.strictObject({
  pod: z.string(),
  node: z.string(),
  ports: z.array(z.int()),
  isUp: z.boolean(),
  /** What the scheduler, the runtime or the program says of the port. */
  said: z.string(),
});

// "0/3 nodes are available: 1 node(s) didn't have free ports for the requested pod ports."
const taken = /didn't have free ports|address already in use|port is already allocated|bind: .{0,60}in use/i;

/** Ports of the node that a Pod wants: those it names, and all of its own where it lives in the network of the node. */
const portsOf = ({ spec }: Pod): number[] =>
  (spec?.containers ?? [])
    .flatMap(({ ports = [] }) => ports)
    .flatMap(({ hostPort, containerPort }) => hostPort ?? (spec?.hostNetwork ? containerPort : []));

const words = ({ status }: Pod): string[] => [
  ...(status?.conditions ?? []).map(({ message = '' }) => message),
  ...(status?.containerStatuses ?? []).flatMap(({ state, lastState }) => [
    state?.waiting?.message ?? '',
    state?.terminated?.message ?? '',
    lastState?.terminated?.message ?? '',
  ]),
];

export default defineStep({
  stage: 'pod',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods', 'events'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod'],
  evidence: z.strictObject({ claims: z.array(claimSchema) }),
  outcomes: { free: 'pass', 'none-wanted': 'pass', taken: 'fail', 'taken-once': 'warn' },

  async collect({ kube, clock }, { to }) {
    const { pods } = await podsBehind(kube, to);
    const wanting = pods.filter((pod) => portsOf(pod).length > 0).slice(0, 5);
    const claims = wanting.map(async (pod) => {
      const name = nameOf(pod);
      const scope = { namespace: pod.metadata?.namespace, fields: { 'involvedObject.name': name } };
      const events = (await ifReadable(kube.list('events', scope))) ?? [];
      const said = [...words(pod), ...inIncident(events, clock.now()).map(({ message = '' }) => message)];
      const { state, node } = podState(pod, clock.now());
      const isUp = state === 'running' || state === 'not-ready';
      return {
        pod: name,
        node,
        ports: portsOf(pod),
        isUp,
        said: (said.find((one) => taken.test(one)) ?? '').slice(0, 300),
      };
    });
    return { claims: await Promise.all(claims) };
  },

  interpret({ claims }) {
    const refused = claims.filter(({ said }) => said !== '');
    // One that runs has its port by now, whatever an event of before says.
    const first = refused.find(({ isUp }) => !isUp) ?? refused[0];
    if (!first) {
      const facts = { pods: capped(claims.map(({ pod }) => pod)), ports: capped(claims.flatMap(({ ports }) => ports)) };
      return { outcome: claims.length === 0 ? 'none-wanted' : 'free', facts };
    }
    const { pod, node, ports, said } = first;
    return { outcome: first.isUp ? 'taken-once' : 'taken', facts: { pods: [pod], ports: capped(ports), node, said } };
  },
});
