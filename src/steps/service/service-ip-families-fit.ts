import { isIP } from 'node:net';
import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { endpointSchema } from '../../domain/endpoints.js';
import type { Flow } from '../../domain/flow.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { podIps } from '../../domain/pod-state.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { serviceKind, serviceKindSchema } from '../../domain/service-kind.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const familyOf = (address: string) => (isIP(address) === 6 ? 'IPv6' : 'IPv4');

/** Two empty-handed sides are not at odds: nothing is known about one of them. */
const areDisjoint = (client: readonly string[], families: readonly string[]) =>
  client.length > 0 && families.length > 0 && !client.some((family) => families.includes(family));

/** Empty where the client is no Pod, or shares the network of its Node and so may have more addresses than it lists. */
const familiesOf = async (kube: ObjectReader<'pods'>, from: Flow['from']) => {
  if (from.kind !== 'pod') return [];
  const pod = await kube.get('pods', { namespace: from.namespace, name: from.name });
  return pod && !pod.spec?.hostNetwork ? [...new Set(podIps(pod).map(familyOf))] : [];
};

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'endpointslices', 'pods'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    kind: serviceKindSchema,
    policy: z.string(),
    families: z.array(z.string()),
    client: z.array(z.string()),
    endpoints: z.array(endpointSchema),
  }),
  outcomes: {
    fits: 'pass',
    'single-stack-preferred': 'pass',
    'slices-lack-family': 'fail',
    'client-lacks-family': 'fail',
    'nothing-to-compare': 'unsure',
  },

  async collect({ kube }, { from, to }) {
    const [{ service, endpoints }, client] = await Promise.all([serviceAndEndpoints(kube, to), familiesOf(kube, from)]);
    return {
      kind: serviceKind(service),
      policy: service?.spec?.ipFamilyPolicy ?? 'SingleStack',
      families: service?.spec?.ipFamilies ?? [...new Set((service?.spec?.clusterIPs ?? []).filter(isIP).map(familyOf))],
      client,
      endpoints,
    };
  },

  interpret({ kind, policy, families, client, endpoints }) {
    if (kind === 'absent' || kind === 'external-name') return { outcome: 'nothing-to-compare' };
    const lacking = families.filter((family) => !endpoints.some((endpoint) => endpoint.family === family));
    const facts = { families, lacking, client, policy, addresses: capped(endpoints.map(({ address }) => address)) };
    if (areDisjoint(client, families)) return { outcome: 'client-lacks-family', facts };
    if (endpoints.length === 0 || families.length === 0) return { outcome: 'nothing-to-compare', facts };
    if (lacking.length > 0) return { outcome: 'slices-lack-family', facts };
    const reduced = policy === 'PreferDualStack' && families.length === 1;
    return { outcome: reduced ? 'single-stack-preferred' : 'fits', facts };
  },
});
