import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { serviceKind, serviceKindSchema } from '../../domain/service-kind.js';
import { isAsked, portsMeant, portWords, servicePortSchema, servicePorts } from '../../domain/service-port.js';
import { anyEnd, defineStep } from '../../domain/step.js';

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({ kind: serviceKindSchema, ports: z.array(servicePortSchema) }),
  outcomes: {
    offered: 'pass',
    'not-offered': 'fail',
    'other-protocol': 'fail',
    ambiguous: 'unsure',
    'not-enforced': 'unsure',
    'external-name': 'unsure',
    'no-service': 'unsure',
  },

  async collect({ kube }, { to: { namespace, name } }) {
    const service = await kube.get('services', { namespace, name });
    return { kind: serviceKind(service), ports: servicePorts(service) };
  },

  interpret({ kind, ports }, flow) {
    if (kind === 'absent') return { outcome: 'no-service' };
    if (kind === 'external-name') return { outcome: 'external-name' };
    const { port = '', protocol } = flow;
    const facts = {
      port,
      protocol,
      offered: capped(ports.map(portWords)),
      ports: capped(ports.map((item) => item.port)),
    };
    const meant = portsMeant(ports, flow);
    if (meant.length > 1 && port === '') return { outcome: 'ambiguous', facts };
    const [found] = meant;
    if (found) return { outcome: 'offered', facts: { ...facts, port: found.port, 'target-port': found.target } };
    // Without a virtual address nothing stands between client and Pod, so any port may answer.
    if (kind === 'headless') return { outcome: 'not-enforced', facts };
    if (ports.some((item) => port === '' || isAsked(item, port))) return { outcome: 'other-protocol', facts };
    const mapped = ports.filter(({ target }) => target === port).map((item) => item.port);
    return { outcome: 'not-offered', facts: { ...facts, near: capped(mapped) } };
  },
});
