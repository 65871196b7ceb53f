import type { Labels } from '../../domain/selector.js';
import { type Address, readAddress } from '../address/address.js';
import type { Party } from '../model/party.js';
import { child, complain, descend, type Field, itemsOf, labelsOf, textOf } from '../read/field.js';
import { type Manifest, metadataOf, specOf } from './document.js';
import type { Endpoint } from './endpoint.js';
import { ownerOf } from './owner.js';
import { readPodSpec, templateOf } from './pod-template.js';

type NamespaceLabels = (name: string) => Labels;

export const readAddresses = (fields: readonly Field[]): Address[] =>
  fields.flatMap((field) => {
    const text = textOf(field);
    const address = text === undefined || text === '' ? undefined : readAddress(text);
    if (text && !address) complain(field, `"${text}" is no address`);
    return address ?? [];
  });

const addressesOf = (root: Field) => {
  const many = (itemsOf(descend(root, 'status', 'podIPs')) ?? []).map((item) => child(item, 'ip'));
  return readAddresses(many.length > 0 ? many : [descend(root, 'status', 'podIP')]);
};

const partyOf = (
  manifest: Manifest,
  spec: Field,
  more: Pick<Party, 'kind' | 'name' | 'labels' | 'namespaceLabels'>,
): Party => ({
  ...readPodSpec(spec),
  ...more,
  namespace: manifest.namespace,
  address: undefined,
});

export const readPod = (manifest: Manifest, namespaceLabels: NamespaceLabels): Endpoint => {
  const { root, namespace, name, place } = manifest;
  const phase = textOf(descend(root, 'status', 'phase')) ?? '';
  const labels = labelsOf(child(metadataOf(manifest), 'labels'));
  const words = {
    kind: 'pod',
    name: `${namespace}/${name}`,
    labels,
    namespaceLabels: namespaceLabels(namespace),
  } as const;
  return {
    party: partyOf(manifest, specOf(manifest), words),
    addresses: addressesOf(root),
    finished: phase === 'Succeeded' || phase === 'Failed',
    kind: 'Pod',
    object: name,
    owner: ownerOf(manifest),
    place,
  };
};

/** A workload stands for the Pods that its template would make. */
export const readWorkload = (
  manifest: Manifest,
  path: readonly string[],
  namespaceLabels: NamespaceLabels,
): Endpoint => {
  const { root, namespace, name, kind, place } = manifest;
  const template = templateOf(root, path);
  const labels = labelsOf(descend(template, 'metadata', 'labels'));
  const words = { kind: 'workload', name: `${namespace}/${name}[${kind}]`, labels } as const;
  return {
    party: partyOf(manifest, child(template, 'spec'), { ...words, namespaceLabels: namespaceLabels(namespace) }),
    addresses: [],
    finished: false,
    kind,
    object: name,
    owner: ownerOf(manifest),
    place,
  };
};
