import type { Dialect, Translation } from '../dialect.js';
import { isRefused, type Manifest } from '../inventory/document.js';
import type { Inventory } from '../inventory/inventory.js';
import { type Reason, reason } from '../model/match.js';
import type { Tier, Unjudged } from '../model/policy.js';
import { enforcedBy, isOf } from '../vendor.js';
import { accountsIn } from './accounts.js';
import type { World } from './entity.js';
import { hostEndpoints, type WrittenPolicy } from './host-endpoints.js';
import { ownName, type ReadPolicy, readPolicy } from './policy.js';
import { setsIn } from './sets.js';
import { isKnownTier, tiersIn } from './tiers.js';

const policyKinds: ReadonlySet<string> = new Set(['NetworkPolicy', 'GlobalNetworkPolicy']);
const helpers: ReadonlySet<string> = new Set(['Tier', 'NetworkSet', 'GlobalNetworkSet', 'HostEndpoint']);
const staged = /^Staged(Kubernetes|Global)?NetworkPolicy$/;

const owns: Dialect['owns'] = (manifest) => {
  if (manifest.group === '' && manifest.kind === 'ServiceAccount') return true;
  const { kind } = manifest;
  return isOf('calico', manifest) && (policyKinds.has(kind) || helpers.has(kind) || staged.test(kind));
};

/** A cluster shows the same object in two groups: as it is stored, and as its own API server serves it. */
const onceEach = (manifests: readonly Manifest[]): Manifest[] => {
  const found = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const key = [manifest.kind, manifest.namespace, ownName(manifest)].join('/');
    if (!found.has(key) || manifest.group === 'projectcalico.org') found.set(key, manifest);
  }
  return [...found.values()];
};

/** What keeps a policy from being judged. */
const obstacle = ({ tier, unknown }: ReadPolicy, tiers: readonly Tier[]): Reason | undefined => {
  const [field] = unknown;
  if (field !== undefined) return reason('field-not-understood', { field });
  return isKnownTier(tier, tiers) ? undefined : reason('tier-unknown', { tier });
};

const unjudged = ({ policy }: ReadPolicy, why: Reason): Unjudged => ({
  kind: policy.kind,
  namespace: policy.namespace,
  name: policy.name,
  place: policy.place,
  why,
  touches: (party) => policy.subject(party) !== false,
});

const note = ({ root }: Manifest, message: string) => root.complain(message, root.path, 'info');

/** Before a connection is tracked or translated there are no Pods yet. */
const isForHosts = ({ traits }: ReadPolicy) => traits.doNotTrack || traits.preDNAT;

const noteHosts = ({ manifest, read }: WrittenPolicy) => {
  if (isForHosts(read))
    note(manifest, 'speaks of the endpoints of hosts only (preDNAT, doNotTrack): no Pod is judged by it');
  else if (read.traits.applyOnForward)
    note(manifest, 'applyOnForward concerns the endpoints of hosts: Pods are judged as without it');
};

const noteStaged = (manifests: readonly Manifest[]) => {
  for (const manifest of manifests)
    if (staged.test(manifest.kind)) note(manifest, 'is staged: it is there to be watched, and has no effect');
};

const translated = (manifests: readonly Manifest[], inventory: Inventory): Translation => {
  noteStaged(manifests);
  const world: World = { inventory, sets: setsIn(manifests, inventory), accounts: accountsIn(manifests) };
  const tiers = tiersIn(manifests);
  const written = manifests
    .filter(({ kind }) => policyKinds.has(kind))
    .map((manifest): WrittenPolicy => ({ manifest, read: readPolicy(manifest, world) }))
    .filter(({ manifest }) => !isRefused(manifest));
  for (const one of written) noteHosts(one);
  const forPods = written.map(({ read }) => read).filter((read) => !isForHosts(read));
  return {
    tiers,
    policies: forPods.filter((read) => !obstacle(read, tiers)).map(({ policy }) => policy),
    unjudged: [
      ...forPods.flatMap((read) => {
        const why = obstacle(read, tiers);
        return why ? unjudged(read, why) : [];
      }),
      ...hostEndpoints(manifests, written),
    ],
  };
};

/** Policies in an order and in tiers; those of Kubernetes stand among them. */
export const calico: Dialect = {
  name: 'calico',
  owns,
  translate: (manifests, inventory) =>
    enforcedBy('calico', inventory.engine, translated(onceEach(manifests), inventory)),
};
