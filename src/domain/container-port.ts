import { z } from 'zod';
import type { KubeObject } from './kinds.js';
import type { ServicePort } from './service-port.js';

export const containerPortSchema = z.strictObject({ name: z.string(), port: z.int(), protocol: z.string() });
export type ContainerPort = z.infer<typeof containerPortSchema>;

/** What the containers of a Pod declare; sidecars are init containers that restart always. */
export const containerPorts = ({ spec }: KubeObject<'pods'>): ContainerPort[] =>
  [
    ...(spec?.containers ?? []),
    ...(spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ]
    .flatMap(({ ports }) => ports ?? [])
    .map(({ name, containerPort, protocol }) => ({
      name: name ?? '',
      port: containerPort,
      protocol: protocol ?? 'TCP',
    }));

/**
 * The number behind a target port in one Pod. A name is looked up with its protocol, as the endpoint controller
 * does (`FindPort` in kubernetes/pkg/api/v1/pod); a number stands for itself, declared or not.
 */
export const targetNumber = ({ target, protocol }: ServicePort, declared: readonly ContainerPort[]) =>
  typeof target === 'number'
    ? target
    : declared.find((item) => item.name === target && item.protocol === protocol)?.port;
