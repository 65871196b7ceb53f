import { z } from 'zod';
import type { EndKind, Flow } from '../../domain/flow.js';
import { classOf } from '../../domain/ingress-class.js';
import { controllerOf, controllerSchema } from '../../domain/ingress-pods.js';
import { routeOf, routeSchema } from '../../domain/ingress-route.js';
import type { ObjectReader } from '../../domain/object-reader.js';

type Reader = ObjectReader<'ingresses' | 'ingressclasses' | 'pods' | 'services'>;

export const ingressViewSchema = z.strictObject({
  route: routeSchema,
  controller: controllerSchema,
  /** Those of ingress-nginx, without their prefix. */
  settings: z.record(z.string(), z.string()),
});
export type IngressView = z.infer<typeof ingressViewSchema>;

const prefix = 'nginx.ingress.kubernetes.io/';

const settingsOf = (annotations: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    Object.entries(annotations).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );

/** What the API says of the Ingress of a flow: where the request goes, and who takes it; undefined without an Ingress. */
export const ingressView = async (
  kube: Reader,
  { to }: Pick<Flow<EndKind, 'ingress'>, 'to'>,
  now: number,
): Promise<IngressView | undefined> => {
  const { namespace, name } = to;
  const [ingress, classes] = await Promise.all([
    kube.get('ingresses', { namespace, name }),
    kube.list('ingressclasses', {}),
  ]);
  if (!ingress) return undefined;
  return {
    route: routeOf(ingress, to),
    controller: await controllerOf(kube, classOf(ingress, classes), now),
    settings: settingsOf(ingress.metadata?.annotations),
  };
};
