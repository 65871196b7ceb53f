import { z } from 'zod';
import type { KubeObject } from './kinds.js';

// gateway.networking.k8s.io/v1beta1: it lies in the namespace that is led into.
const specSchema = z.object({
  from: z.array(z.object({ group: z.string(), kind: z.string(), namespace: z.string() })).default([]),
  to: z.array(z.object({ group: z.string().default(''), kind: z.string(), name: z.string().optional() })).default([]),
});

type Grant = KubeObject<'referencegrants.gateway.networking.k8s.io'>;

/** Whether one of the grants of a namespace lets HTTPRoutes of another lead to this Service of it. */
export const isGranted = (grants: readonly Grant[], routesOf: string, service: string): boolean =>
  grants
    .map(({ spec }) => specSchema.parse(spec ?? {}))
    .some(
      ({ from, to }) =>
        from.some((one) => one.kind === 'HTTPRoute' && one.namespace === routesOf) &&
        to.some(({ kind, name }) => kind === 'Service' && (name === undefined || name === service)),
    );
