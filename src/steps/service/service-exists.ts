import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import type { Facts } from '../../domain/finding.js';
import type { Flow } from '../../domain/flow.js';
import { ifReadable } from '../../domain/if-readable.js';
import { nameOf } from '../../domain/name-of.js';
import { nearNames } from '../../domain/near-names.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { serviceKind, serviceKindSchema } from '../../domain/service-kind.js';
import { anyEnd, defineStep } from '../../domain/step.js';

/** Namespaces worth a look of their own: the one of the client, those with a name alike, then the others. */
const likely = (from: Flow['from'], namespace: string, known: readonly string[]) => {
  const own = 'namespace' in from ? [from.namespace] : [];
  return [...new Set([...own, ...nearNames(namespace, known), ...known])]
    .filter((name) => name !== namespace)
    .slice(0, 5);
};

const namesIn = async (kube: ObjectReader<'namespaces'>) =>
  ((await ifReadable(kube.list('namespaces', {}))) ?? []).map(nameOf);

const outcomeOf = {
  absent: 'missing',
  'external-name': 'external-name',
  headless: 'headless',
  virtual: 'exists',
} as const;

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'namespaces'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    kind: serviceKindSchema,
    type: z.string(),
    addresses: z.array(z.string()),
    target: z.string(),
    near: z.array(z.string()),
    /** `namespace/name` of Services with the same name; only where they may be read. */
    elsewhere: z.array(z.string()),
  }),
  outcomes: { exists: 'pass', headless: 'pass', 'external-name': 'unsure', missing: 'fail' },

  async collect({ kube }, { from, to: { namespace, name } }) {
    const service = await kube.get('services', { namespace, name });
    const { type = 'ClusterIP', clusterIPs, clusterIP, externalName: target = '' } = service?.spec ?? {};
    const addresses = clusterIPs ?? (clusterIP ? [clusterIP] : []);
    const found = { kind: serviceKind(service), type, addresses, target };
    if (service) return { ...found, near: [], elsewhere: [] };
    const [siblings, namespaces] = await Promise.all([kube.list('services', { namespace }), namesIn(kube)]);
    const looked = await Promise.all(
      likely(from, namespace, namespaces).map(async (other) =>
        (await ifReadable(kube.get('services', { namespace: other, name }))) ? [`${other}/${name}`] : [],
      ),
    );
    return { ...found, near: nearNames(name, siblings.map(nameOf)), elsewhere: looked.flat() };
  },

  interpret({ kind, type, addresses, target, near, elsewhere }) {
    const told: Record<typeof kind, Facts> = {
      absent: { near, elsewhere },
      'external-name': { target },
      headless: { type },
      virtual: { type, addresses: capped(addresses) },
    };
    return { outcome: outcomeOf[kind], facts: told[kind] };
  },
});
