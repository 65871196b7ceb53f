import { tierOrders } from '../dialect.js';
import type { Manifest } from '../inventory/document.js';
import type { Engine } from '../inventory/inventory.js';
import { doubt, type Match, type Reason, reason } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import type { Model, Policy, PolicyName, Tier } from '../model/policy.js';
import { child, descend, textOf } from '../read/field.js';
import type { Place, Problem } from '../read/place.js';
import { isOf } from '../vendor.js';

export const enforcementModes = ['default', 'always', 'never'] as const;
export type EnforcementMode = (typeof enforcementModes)[number];

/** What is known of the mode of a whole cluster, and who says so. */
export interface Enforcement extends PolicyName {
  /** Absent where nobody could look, and where it is not the same on all nodes. */
  readonly mode: EnforcementMode | undefined;
  readonly onSomeNodes?: boolean;
  readonly place: Place;
}

export const configMap = { kind: 'ConfigMap', namespace: 'kube-system', name: 'cilium-config' } as const;
export const modeKey = 'enable-policy';

/** As the agent reads it: in any case of letters, and `default` where nothing is written (intro.rst). */
export const readMode = (text: string | undefined): EnforcementMode | undefined =>
  enforcementModes.find((mode) => mode === (text ?? 'default').toLowerCase());

const inConfigMap = (manifests: readonly Manifest[]): Enforcement | undefined => {
  const found = manifests.find(
    ({ group, kind, namespace, name }) =>
      group === '' && kind === configMap.kind && namespace === configMap.namespace && name === configMap.name,
  );
  if (!found) return undefined;
  const written = child(child(found.root, 'data'), modeKey);
  return { ...configMap, mode: readMode(textOf(written)), place: { ...found.place, path: written.path } };
};

const isNodeConfig = ({ group, kind, namespace }: Manifest) =>
  isOf('cilium', { group }) && kind === 'CiliumNodeConfig' && namespace === configMap.namespace;

/** What a ConfigMap of the agent says, if there is one among these, and whether the agents of some nodes are told otherwise. */
export const enforcementIn = (manifests: readonly Manifest[]): Enforcement | undefined => {
  const told = inConfigMap(manifests);
  const usual = told ? told.mode : 'default';
  for (const { root, kind, namespace, name, place } of manifests.filter(isNodeConfig)) {
    const written = descend(root, 'spec', 'defaults', modeKey);
    const text = textOf(written);
    if (text !== undefined && readMode(text) !== usual)
      return { kind, namespace, name, mode: undefined, onSomeNodes: true, place: { ...place, path: written.path } };
  }
  return told;
};

/** Asked last of all: it denies whatever nobody has decided on. */
const tier: Tier = { name: 'cilium/always', order: tierOrders.baseline + 1, end: 'deny' };

const isolating = ({ kind, namespace, name, place }: Enforcement, subject: (party: Party) => Match): Policy => {
  const side = { rules: [], isolates: true };
  const order = tier.order;
  return {
    kind,
    namespace,
    name,
    place,
    tier: tier.name,
    order,
    tie: '',
    subject,
    ingress: side,
    egress: side,
    ranges: [],
  };
};

const isolated = (model: Model, policy: Policy): Model => ({
  ...model,
  tiers: [...model.tiers, tier],
  policies: [...model.policies, policy],
});

/** Each mode but `default` may be the one: what comes to the same in all of them has an answer. */
const open = (model: Model, told: Enforcement, { why, modes }: { why: Reason; modes: readonly EnforcementMode[] }) => {
  const unsure = (party: Party): Match => isPod(party) && doubt(why.code, why.facts);
  const some = modes.includes('always') ? isolated(model, isolating(told, unsure)) : model;
  return modes.includes('never') ? { ...some, unenforced: why } : some;
};

const switchedOff = (model: Model): Model => ({
  ...model,
  policies: [],
  unjudged: model.unjudged.filter(({ kind }) => !kind.startsWith('Cilium')),
});

const whyOpen = ({ onSomeNodes, namespace, name }: Enforcement): Reason =>
  onSomeNodes ? reason('cilium-mode-of-nodes', { config: `${namespace}/${name}` }) : reason('cilium-mode-unread');

const effect = (model: Model, engine: Engine, told: Enforcement): Model => {
  const { mode } = told;
  const isCilium = engine.name === 'cilium';
  if (mode === undefined)
    return isCilium || engine.contested ? open(model, told, { why: whyOpen(told), modes: ['always', 'never'] }) : model;
  if (mode === 'default') return model;
  if (!isCilium) return open(model, told, { why: reason('cilium-mode-engine', { mode }), modes: [mode] });
  return mode === 'never' ? switchedOff(model) : isolated(model, isolating(told, isPod));
};

/** What policies come to where Cilium enforces them on all Pods, or on none. Another engine has no such mode. */
export const enforcedAs = (model: Model, engine: Engine, told: Enforcement | undefined) => {
  if (!told || engine.name === 'calico') return { model, problems: [] };
  const message = `no policy has an effect: Cilium enforces none (${modeKey}: never)`;
  const problems: Problem[] =
    told.mode === 'never' && engine.name === 'cilium' ? [{ severity: 'warning', message, place: told.place }] : [];
  return { model: effect(model, engine, told), problems };
};
