import { z } from 'zod';
import { isUnreachable } from '../../domain/address-range.js';
import { capped } from '../../domain/capped.js';
import { addressesOf, endpointSchema } from '../../domain/endpoints.js';
import { selects } from '../../domain/selector.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { serviceKind, serviceKindSchema } from '../../domain/service-kind.js';
import { anyEnd, defineStep } from '../../domain/step.js';

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'endpointslices'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    kind: serviceKindSchema,
    selecting: z.boolean(),
    endpoints: z.array(endpointSchema),
    /** Addresses of the Services in the same Namespace. */
    virtual: z.array(z.string()),
  }),
  outcomes: { 'not-manual': 'pass', usable: 'unsure', none: 'fail', 'looks-dead': 'fail', 'no-service': 'unsure' },

  async collect({ kube }, { to }) {
    const { service, endpoints } = await serviceAndEndpoints(kube, to);
    const selecting = selects(service?.spec?.selector);
    const siblings = service && !selecting ? await kube.list('services', { namespace: to.namespace }) : [];
    const virtual = siblings.flatMap(({ spec }) => spec?.clusterIPs ?? [spec?.clusterIP ?? 'None']);
    return { kind: serviceKind(service), selecting, endpoints, virtual };
  },

  interpret({ kind, selecting, endpoints, virtual }) {
    if (kind === 'absent') return { outcome: 'no-service' };
    if (selecting || kind === 'external-name') return { outcome: 'not-manual' };
    if (endpoints.length === 0) return { outcome: 'none' };
    const addresses = addressesOf(endpoints);
    // A virtual address is translated once: as an endpoint it leaves the node untranslated and nobody has it.
    const dead = addresses.filter((address) => virtual.includes(address) || isUnreachable(address));
    const told = dead.length > 0 ? dead : addresses;
    return {
      outcome: dead.length > 0 ? 'looks-dead' : 'usable',
      facts: { addresses: capped(told), total: told.length, of: addresses.length },
    };
  },
});
