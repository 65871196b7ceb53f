import { z } from 'zod';
import { conditionsSchema, type GatewayRoute, inWords, isCurrent, isFalse } from './gateway-routes.js';
import type { KubeObject } from './kinds.js';

// gateway.networking.k8s.io/v1, so far as it says whom a listener takes.
const specSchema = z.object({
  gatewayClassName: z.string().default(''),
  listeners: z
    .array(
      z.object({
        name: z.string(),
        hostname: z.string().default(''),
        allowedRoutes: z.object({ namespaces: z.object({ from: z.string().default('Same') }).optional() }).optional(),
      }),
    )
    .default([]),
});
const statusSchema = z.object({
  listeners: z.array(z.object({ name: z.string(), conditions: conditionsSchema })).default([]),
});

export const listenerSchema = z.strictObject({
  name: z.string(),
  /** Empty where it takes every host. */
  hostname: z.string(),
  /** `All`, `Same` or `Selector`: the namespaces of the routes that it takes. */
  from: z.string(),
  /** Why it does not work, in the words of the controller; empty where it does, or nobody says. */
  broken: z.string(),
});
export type Listener = z.infer<typeof listenerSchema>;

type Gateway = KubeObject<'gateways.gateway.networking.k8s.io'>;

export const classOf = (gateway: Gateway): string => specSchema.parse(gateway.spec ?? {}).gatewayClassName;

export const listenersOf = (gateway: Gateway): Listener[] => {
  const [spec, status] = [specSchema.parse(gateway.spec ?? {}), statusSchema.parse(gateway.status ?? {})];
  return spec.listeners.map(({ name, hostname, allowedRoutes }) => {
    const said = status.listeners.find((one) => one.name === name)?.conditions ?? [];
    const conditions = said.filter((one) => isCurrent(one, gateway.metadata?.generation));
    const bad = isFalse(conditions, 'ResolvedRefs') ?? isFalse(conditions, 'Accepted');
    const from = allowedRoutes?.namespaces?.from ?? 'Same';
    return { name, hostname, from, broken: bad ? inWords(bad) : '' };
  });
};

/** A star stands for one label or more, in front. */
const covers = (wide: string, host: string) => wide.startsWith('*.') && host.endsWith(wide.slice(1));
const meet = (one: string, other: string) => one === other || covers(one, other) || covers(other, one);

/** Whether a listener and a route have a host in common; each takes every host where it names none. */
export const hostsMeet = ({ hostname }: Listener, { hostnames }: GatewayRoute): boolean =>
  hostname === '' || hostnames.length === 0 || hostnames.some((host) => meet(hostname, host));

/** False only where it is certain: the labels behind a selector are not looked at. */
export const mayAttach = ({ from }: Listener, gateway: string, { name }: GatewayRoute): boolean =>
  from !== 'Same' || gateway.split('/')[0] === name.split('/')[0];

/** The listeners of a Gateway that a route asks for; what it names of one says nothing of another. */
export const askedOf = (listeners: readonly Listener[], gateway: string, { sections }: GatewayRoute): Listener[] => {
  const own = sections.filter((one) => one.startsWith(`${gateway}/`));
  return listeners.filter(({ name }) => own.length === 0 || own.includes(`${gateway}/${name}`));
};
