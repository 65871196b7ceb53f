import { type Manifest, metadataOf, specOf } from '../inventory/document.js';
import { reason } from '../model/match.js';
import { isOnHost, isPod, type Party } from '../model/party.js';
import type { Unjudged } from '../model/policy.js';
import { child, complain, isAbsent, itemsOf, labelsOf, textOf } from '../read/field.js';
import { lookupIn } from './labels.js';
import type { ReadPolicy } from './policy.js';
import { readSelector } from './selector/read-selector.js';

/** A policy that speaks of what hosts forward or have not yet translated decides about Pods behind them as well. */
const touchesForwarded = ({ traits }: ReadPolicy) => traits.applyOnForward || traits.preDNAT || traits.doNotTrack;

const selects = (policy: Manifest, endpoint: Manifest) => {
  const select = readSelector({ ...child(specOf(policy), 'selector'), complain: () => undefined });
  const labels = labelsOf(child(metadataOf(endpoint), 'labels'));
  return select?.(lookupIn({ labels, namespace: '', namespaceLabels: {} })) ?? true;
};

export interface WrittenPolicy {
  readonly manifest: Manifest;
  readonly read: ReadPolicy;
}

/**
 * Traffic of a host is judged at its endpoints, with ports that stay open by themselves and rules before the
 * translation of addresses: none of this is followed here.
 */
export const hostEndpoints = (manifests: readonly Manifest[], policies: readonly WrittenPolicy[]): Unjudged[] =>
  manifests
    .filter(({ kind }) => kind === 'HostEndpoint')
    .map((manifest) => {
      const spec = specOf(manifest);
      const node = textOf(child(spec, 'node')) ?? '';
      if (!node) complain(child(spec, 'node'), 'the name of a node is missing');
      const hasAddress = (itemsOf(child(spec, 'expectedIPs')) ?? []).length > 0;
      if (isAbsent(child(spec, 'interfaceName')) && !hasAddress)
        complain(spec, 'needs an interfaceName or expectedIPs');
      const forwards = policies.some(
        ({ manifest: policy, read }) => touchesForwarded(read) && selects(policy, manifest),
      );
      const isThere = (party: Party) => party.kind !== 'outside' && (party.node === node || party.node === '');
      const { kind, name, namespace, place } = manifest;
      return {
        kind,
        name,
        namespace,
        place,
        why: reason('host-endpoint', { endpoint: name, node }),
        touches: (party: Party) => isThere(party) && (isOnHost(party) || (forwards && isPod(party))),
      };
    });
