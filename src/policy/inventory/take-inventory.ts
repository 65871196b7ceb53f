import type { Labels } from '../../domain/selector.js';
import { child, labelsOf } from '../read/field.js';
import { type Manifest, metadataOf } from './document.js';
import { type Engine, type Inventory, nameLabel } from './inventory.js';
import { readNode } from './nodes.js';
import { templates } from './pod-template.js';
import { readPod, readWorkload } from './pods.js';
import { type Backend, readService, readSlice } from './service.js';
import { withoutPods } from './without-pods.js';

const keyOf = ({ group, kind }: Manifest) => `${group}/${kind}`;

/** Each namespace by its name; one that is only spoken of exists as well, with the label that every one has. */
const namespaceLabelsIn = (manifests: readonly Manifest[]) => {
  const known = new Map<string, Labels>();
  for (const manifest of manifests)
    if (keyOf(manifest) === '/Namespace')
      known.set(manifest.name, { ...labelsOf(child(metadataOf(manifest), 'labels')), [nameLabel]: manifest.name });
  return (name: string): Labels => {
    const labels = known.get(name) ?? { [nameLabel]: name };
    known.set(name, labels);
    return labels;
  };
};

const ofKind = (manifests: readonly Manifest[], key: string) => manifests.filter((manifest) => keyOf(manifest) === key);

const backendsIn = (manifests: readonly Manifest[]) => {
  const found = new Map<string, Backend[]>();
  for (const slice of ofKind(manifests, 'discovery.k8s.io/EndpointSlice').map(readSlice)) {
    if (!slice) continue;
    found.set(slice.service, [...(found.get(slice.service) ?? []), ...slice.backends]);
  }
  return found;
};

export const takeInventory = (manifests: readonly Manifest[], engine: Engine): Inventory => {
  const namespaceLabels = namespaceLabelsIn(manifests);
  const pods = ofKind(manifests, '/Pod').map((manifest) => readPod(manifest, namespaceLabels));
  const workloads = manifests.flatMap((manifest) => {
    const path = templates[keyOf(manifest)];
    return path ? readWorkload(manifest, path, namespaceLabels) : [];
  });
  return {
    pods,
    workloads: withoutPods(workloads, pods),
    nodes: ofKind(manifests, '/Node').map(readNode),
    services: ofKind(manifests, '/Service').map(readService),
    backends: backendsIn(manifests),
    namespaceLabels,
    namespaces: [
      ...new Set([
        ...ofKind(manifests, '/Namespace').map(({ name }) => name),
        ...manifests.map(({ namespace }) => namespace),
      ]),
    ].filter(Boolean),
    engine,
  };
};
