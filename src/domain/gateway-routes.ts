import { z } from 'zod';
import type { EndOf } from './flow.js';
import type { KubeObject } from './kinds.js';

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().default(''),
  message: z.string().default(''),
  observedGeneration: z.int().optional(),
});
export const conditionsSchema = z.array(conditionSchema).default([]);
export type Condition = z.infer<typeof conditionSchema>;

// gateway.networking.k8s.io/v1, so far as it says where a request goes and what came of it.
const referenceSchema = z.object({
  ...{ kind: z.string().optional(), namespace: z.string().optional(), name: z.string() },
  /** Of a Gateway: the one listener that is meant. */
  sectionName: z.string().optional(),
});
const ruleSchema = z.object({ backendRefs: z.array(referenceSchema).default([]) });
const specSchema = z.object({
  hostnames: z.array(z.string()).default([]),
  parentRefs: z.array(referenceSchema).default([]),
  rules: z.array(ruleSchema).default([]),
});
const statusSchema = z.object({
  parents: z.array(z.object({ parentRef: referenceSchema, conditions: conditionsSchema })).default([]),
});

export const gatewayRouteSchema = z.strictObject({
  /** `NAMESPACE/NAME`, as the names of Gateways below. */
  name: z.string(),
  hostnames: z.array(z.string()),
  gateways: z.array(z.string()),
  /** Listeners that it names, as `NAMESPACE/NAME/LISTENER`; of a Gateway without any, each will do. */
  sections: z.array(z.string()),
  /** What the controller of each Gateway says; none where no controller has looked. */
  told: z.array(z.strictObject({ gateway: z.string(), conditions: z.array(conditionSchema) })),
});
export type GatewayRoute = z.infer<typeof gatewayRouteSchema>;

type Route = KubeObject<'httproutes.gateway.networking.k8s.io'>;
type Gateway = KubeObject<'gateways.gateway.networking.k8s.io'>;
type Service = Pick<EndOf<'service'>, 'namespace' | 'name'>;

const isGateway = ({ kind = 'Gateway' }: z.infer<typeof referenceSchema>) => kind === 'Gateway';

/** What was said of an older version says nothing of this one. */
export const isCurrent = ({ observedGeneration }: Condition, generation: number | undefined): boolean =>
  observedGeneration === undefined || generation === undefined || observedGeneration >= generation;

/** An HTTPRoute that leads to the Service; undefined where it leads elsewhere. */
export const routeTowards = (route: Route, service: Service): GatewayRoute | undefined => {
  const namespace = route.metadata?.namespace ?? '';
  const [spec, status] = [specSchema.parse(route.spec ?? {}), statusSchema.parse(route.status ?? {})];
  const leads = spec.rules
    .flatMap(({ backendRefs }) => backendRefs)
    .some(
      (one) =>
        (one.kind ?? 'Service') === 'Service' &&
        one.name === service.name &&
        (one.namespace ?? namespace) === service.namespace,
    );
  if (!leads) return undefined;
  const whole = (one: z.infer<typeof referenceSchema>) => `${one.namespace ?? namespace}/${one.name}`;
  const parents = spec.parentRefs.filter(isGateway);
  const open = parents.filter(({ sectionName }) => sectionName === undefined).map(whole);
  const named = parents.filter((one) => !open.includes(whole(one)));
  return {
    name: `${namespace}/${route.metadata?.name ?? ''}`,
    hostnames: spec.hostnames,
    gateways: [...new Set(parents.map(whole))],
    sections: named.map((one) => `${whole(one)}/${one.sectionName}`),
    told: status.parents.flatMap(({ parentRef, conditions }) => {
      const current = conditions.filter((one) => isCurrent(one, route.metadata?.generation));
      return current.length > 0 ? [{ gateway: whole(parentRef), conditions: current }] : [];
    }),
  };
};

export const conditionsOf = (object: Gateway): Condition[] =>
  z.object({ conditions: conditionsSchema }).parse(object.status ?? {}).conditions;

export const isFalse = (conditions: readonly Condition[], type: string): Condition | undefined =>
  conditions.find((one) => one.type === type && one.status === 'False');

/** The reason and the words of a controller. */
export const inWords = ({ reason, message }: Condition) => `${reason}: ${message}`;
