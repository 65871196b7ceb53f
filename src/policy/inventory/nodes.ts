import { child, descend, itemsOf, labelsOf } from '../read/field.js';
import { type Manifest, metadataOf } from './document.js';
import type { Endpoint } from './endpoint.js';
import { readAddresses } from './pods.js';

const isAddress = new Set(['InternalIP', 'ExternalIP']);

export const readNode = (manifest: Manifest): Endpoint => {
  const { root, name, place } = manifest;
  const listed = (itemsOf(descend(root, 'status', 'addresses')) ?? []).filter((item) =>
    isAddress.has(String(child(item, 'type').value)),
  );
  const labels = labelsOf(child(metadataOf(manifest), 'labels'));
  return {
    party: {
      kind: 'node',
      name: `node/${name}`,
      namespace: '',
      labels,
      namespaceLabels: {},
      serviceAccount: '',
      hostNetwork: true,
      node: name,
      declared: [],
      address: undefined,
    },
    addresses: readAddresses(listed.map((item) => child(item, 'address'))),
    finished: false,
    kind: 'Node',
    object: name,
    owner: '',
    place,
  };
};
