import { child, itemsOf, labelsOf, textOf } from '../read/field.js';
import { type Manifest, metadataOf } from './document.js';

const hashLabels = ['pod-template-hash', 'rollouts-pod-template-hash'] as const;
const makerOf = { 'pod-template-hash': 'Deployment', 'rollouts-pod-template-hash': 'Rollout' } as const;

/** `Deployment/cart`: what made a Pod, past the ReplicaSet in between. Empty where nobody controls it. */
export const ownerOf = (manifest: Manifest): string => {
  const metadata = metadataOf(manifest);
  const owner = (itemsOf(child(metadata, 'ownerReferences')) ?? []).find(
    (item) => child(item, 'controller').value === true,
  );
  if (!owner) return '';
  const [kind, name] = [textOf(child(owner, 'kind')) ?? '', textOf(child(owner, 'name')) ?? ''];
  const labels = labelsOf(child(metadata, 'labels'));
  const hash = hashLabels.find((label) => labels[label] !== undefined && name.endsWith(`-${labels[label]}`));
  return kind === 'ReplicaSet' && hash ? `${makerOf[hash]}/${name.slice(0, name.lastIndexOf('-'))}` : `${kind}/${name}`;
};
