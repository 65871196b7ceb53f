import type { Translation } from './dialect.js';
import type { Manifest } from './inventory/document.js';
import type { Engine } from './inventory/inventory.js';
import { doubt, either, type Match, not } from './model/match.js';
import type { Policy } from './model/policy.js';

type Vendor = 'calico' | 'cilium';

const groups: Record<Vendor, ReadonlySet<string>> = {
  calico: new Set(['projectcalico.org', 'crd.projectcalico.org']),
  cilium: new Set(['cilium.io']),
};

export const isOf = (vendor: Vendor, { group }: Pick<Manifest, 'group'>): boolean => groups[vendor].has(group);

/**
 * Where nobody has named the engine, policies that only one engine reads tell which it is. Policies of two leave it
 * open which of them have an effect.
 */
export const engineFor = (named: Engine['name'], manifests: readonly Manifest[]): Engine => {
  const [calico, cilium] = (['calico', 'cilium'] as const).map((vendor) =>
    manifests.some((manifest) => isOf(vendor, manifest) && manifest.kind.endsWith('NetworkPolicy')),
  );
  const found = calico ? 'calico' : cilium ? 'cilium' : 'kubernetes';
  const contested = named === 'kubernetes' && calico === true && cilium === true;
  const name = contested || named !== 'kubernetes' ? named : found;
  return { name, blocksMatchPods: name !== 'cilium', contested };
};

const maybe = (match: Match): Match => not(either(not(match), doubt('engine-unknown')));

const uncertain = (policy: Policy): Policy => ({ ...policy, subject: (party) => maybe(policy.subject(party)) });

const idle = ({ place, kind, name }: Pick<Policy, 'place' | 'kind' | 'name'>, { name: engine }: Engine) => ({
  severity: 'info' as const,
  message: `${kind} ${name} has no effect: ${engine} does not read it`,
  place,
});

/** What the policies of one engine come to where that engine, another, or nobody knows which is in charge. */
export const enforcedBy = (vendor: Vendor, engine: Engine, translation: Translation): Translation => {
  if (engine.contested) return { ...translation, policies: translation.policies.map(uncertain) };
  if (engine.name === vendor || engine.name === 'kubernetes') return translation;
  const ignored = [...translation.policies, ...(translation.unjudged ?? [])].map((one) => idle(one, engine));
  return { tiers: [], policies: [], problems: [...(translation.problems ?? []), ...ignored] };
};
