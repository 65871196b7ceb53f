import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { containerPortSchema, containerPorts, targetNumber } from '../../domain/container-port.js';
import type { Facts } from '../../domain/finding.js';
import { serviceKind, serviceKindSchema } from '../../domain/service-kind.js';
import { serviceAndPods } from '../../domain/service-pods.js';
import { portsMeant, type ServicePort, servicePortSchema, servicePorts } from '../../domain/service-port.js';
import { anyEnd, defineStep } from '../../domain/step.js';

type Declared = z.infer<typeof containerPortSchema>[];

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

const targets = (port: ServicePort, pods: readonly Declared[]): number[] =>
  typeof port.target === 'number'
    ? [port.target]
    : [...new Set(pods.map((declared) => targetNumber(port, declared)).filter((number) => number !== undefined))];

const told = (port: number | '' = '', mapped: readonly number[] = []): Facts => ({
  port,
  'target-port': mapped[0] ?? '',
  ports: capped(mapped),
});

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    kind: serviceKindSchema,
    ports: z.array(servicePortSchema),
    /** What each selected Pod declares, to resolve target ports that are names. */
    pods: z.array(z.array(containerPortSchema)),
  }),
  outcomes: { same: 'pass', 'not-headless': 'pass', mapped: 'fail', unlisted: 'unsure', 'no-service': 'unsure' },

  async collect({ kube }, { to }) {
    const { service, pods } = await serviceAndPods(kube, to);
    return { kind: serviceKind(service), ports: servicePorts(service), pods: pods.map(containerPorts) };
  },

  interpret({ kind, ports, pods }, { port, protocol }) {
    if (kind === 'absent') return { outcome: 'no-service' };
    if (kind !== 'headless') return { outcome: 'not-headless' };
    const meant = only(portsMeant(ports, { port, protocol }));
    const used = typeof port === 'number' ? port : meant?.port;
    const listening = portsMeant(ports, { protocol }).flatMap((item) => targets(item, pods));
    if (used !== undefined && listening.includes(used)) return { outcome: 'same', facts: told(used) };
    const mapped = meant ? targets(meant, pods) : [];
    return { outcome: mapped.length > 0 ? 'mapped' : 'unlisted', facts: told(used, mapped) };
  },
});
