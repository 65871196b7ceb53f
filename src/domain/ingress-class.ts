import { z } from 'zod';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';

export const ingressClassSchema = z.strictObject({
  /** Empty where the Ingress names none. */
  name: z.string(),
  by: z.enum(['field', 'annotation', 'nothing']),
  /** Whether there is such a class. */
  known: z.boolean(),
  controller: z.string(),
  labels: z.record(z.string(), z.string()),
  /** All classes of the cluster. */
  others: z.array(z.string()),
});
export type IngressClass = z.infer<typeof ingressClassSchema>;

const annotation = 'kubernetes.io/ingress.class';

/** The class that an Ingress names, and where. */
export const classNamed = ({ metadata, spec }: KubeObject<'ingresses'>): Pick<IngressClass, 'name' | 'by'> => {
  // Controllers that still know the annotation give it precedence.
  const old = metadata?.annotations?.[annotation];
  if (old) return { name: old, by: 'annotation' };
  const { ingressClassName } = spec ?? {};
  return ingressClassName ? { name: ingressClassName, by: 'field' } : { name: '', by: 'nothing' };
};

/** The default class is filled in when an Ingress is made; one that has none now gets none any more. */
export const classOf = (
  ingress: KubeObject<'ingresses'>,
  classes: readonly KubeObject<'ingressclasses'>[],
): IngressClass => {
  const { name, by } = classNamed(ingress);
  const found = classes.find((one) => nameOf(one) === name);
  return {
    name,
    by,
    known: found !== undefined,
    controller: found?.spec?.controller ?? '',
    labels: { ...found?.metadata?.labels },
    others: classes.map(nameOf),
  };
};
