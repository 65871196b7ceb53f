import { makerOf } from '../../domain/template-hash.js';
import { child, itemsOf, labelsOf, textOf } from '../read/field.js';
import { type Manifest, metadataOf } from './document.js';

/** `Deployment/cart`: what made a Pod, past the ReplicaSet in between. Empty where nobody controls it. */
export const ownerOf = (manifest: Manifest): string => {
  const metadata = metadataOf(manifest);
  const owner = (itemsOf(child(metadata, 'ownerReferences')) ?? []).find(
    (item) => child(item, 'controller').value === true,
  );
  if (!owner) return '';
  const [kind, name] = [textOf(child(owner, 'kind')) ?? '', textOf(child(owner, 'name')) ?? ''];
  const maker = kind === 'ReplicaSet' ? makerOf(name, labelsOf(child(metadata, 'labels'))) : undefined;
  return maker ? `${maker.kind}/${maker.name}` : `${kind}/${name}`;
};
