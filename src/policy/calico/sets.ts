import { readAddress } from '../address/address.js';
import { type Range, rangeOf } from '../address/range.js';
import { type Manifest, metadataOf, specOf } from '../inventory/document.js';
import type { Inventory } from '../inventory/inventory.js';
import { child, complain, itemsOf, labelsOf, textOf } from '../read/field.js';
import type { Labelled } from './labels.js';
import { readNets } from './nets.js';

/** Labels that stand for addresses: a set of networks, or the addresses that an endpoint of a host expects. */
export interface AddressSet extends Labelled {
  readonly ranges: readonly Range[];
  /** Names whose addresses are looked up while traffic flows. */
  readonly domains: readonly string[];
}

const expected = (manifest: Manifest) =>
  (itemsOf(child(specOf(manifest), 'expectedIPs')) ?? []).flatMap((item) => {
    const address = readAddress(textOf(item) ?? '');
    if (!address) complain(item, `"${item.value}" is no address`);
    return address ? rangeOf(address) : [];
  });

export const setsIn = (manifests: readonly Manifest[], { namespaceLabels }: Inventory): AddressSet[] =>
  manifests
    .filter(({ kind }) => /^(Global)?NetworkSet$|^HostEndpoint$/.test(kind))
    .map((manifest) => ({
      labels: labelsOf(child(metadataOf(manifest), 'labels')),
      namespace: manifest.kind === 'NetworkSet' ? manifest.namespace : '',
      namespaceLabels: manifest.kind === 'NetworkSet' ? namespaceLabels(manifest.namespace) : {},
      ranges: manifest.kind === 'HostEndpoint' ? expected(manifest) : readNets(child(specOf(manifest), 'nets')),
      domains: (itemsOf(child(specOf(manifest), 'allowedEgressDomains')) ?? []).flatMap((item) => textOf(item) ?? []),
    }));
