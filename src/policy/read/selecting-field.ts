import type { FieldPath } from './place.js';

/** In Kubernetes, Cilium, Calico, and in the policies of administrators. */
const names = ['podSelector', 'endpointSelector', 'nodeSelector', 'selector', 'subject'];

const at = (value: unknown, path: FieldPath): unknown =>
  path.reduce<unknown>((inner, part) => (inner as Record<string | number, unknown> | null | undefined)?.[part], value);

/** The field that says whom a policy is about; its spec, or the whole of it, where none does. */
export const selectingField = (value: unknown, path: FieldPath): FieldPath => {
  const spec = at(value, [...path, 'spec']);
  if (typeof spec !== 'object' || spec === null) return path;
  const name = names.find((one) => Object.hasOwn(spec, one));
  return [...path, 'spec', ...(name ? [name] : [])];
};
