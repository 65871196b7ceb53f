import { z } from 'zod';
import type { Flow, Port } from './flow.js';
import type { KubeObject } from './kinds.js';

export const servicePortSchema = z.strictObject({
  /** Empty where the Service has one port and gave it no name. */
  name: z.string(),
  port: z.int(),
  protocol: z.string(),
  target: z.union([z.int(), z.string()]),
});
export type ServicePort = z.infer<typeof servicePortSchema>;

export const servicePorts = (service: KubeObject<'services'> | undefined): ServicePort[] =>
  (service?.spec?.ports ?? []).map(({ name, port, protocol, targetPort }) => ({
    name: name ?? '',
    port,
    protocol: protocol ?? 'TCP',
    target: targetPort || port,
  }));

export const isAsked = (port: ServicePort, asked: Port): boolean => port.port === asked || port.name === asked;

/** The ports the flow can mean: one where it is clear, several where no port was named, none where it is not offered. */
export const portsMeant = (ports: readonly ServicePort[], { port, protocol }: Pick<Flow, 'port' | 'protocol'>) =>
  ports.filter((item) => item.protocol === protocol && (port === undefined || isAsked(item, port)));

/** As `kubectl get service` writes it, after the name. */
export const portWords = ({ name, port, protocol }: Omit<ServicePort, 'target'>): string =>
  `${name}${name && ' '}${port}/${protocol}`;

/** The port as the flow names it, offered or not: that is where its clients go. */
export const asAsked = ({ port, protocol }: Pick<Flow, 'port' | 'protocol'>) =>
  typeof port === 'number' ? { port, protocol } : undefined;

/** A number that a client would connect to. An ExternalName lists no port, and whichever the flow names is meant. */
export const portToTry = (
  service: KubeObject<'services'> | undefined,
  flow: Pick<Flow, 'port' | 'protocol'>,
): { port: number; protocol: string } | undefined => {
  const listed = portsMeant(servicePorts(service), flow)[0];
  return service?.spec?.type === 'ExternalName' ? (listed ?? asAsked(flow)) : listed;
};
