import type { KubeObject } from './kinds.js';

/** For how long a load balancer keeps a connection that says nothing, as an annotation of the Service orders. */
export interface IdleOrder {
  readonly annotation: string;
  readonly seconds: number;
}

const [millisecond, second, minute] = [0.001, 1, 60];

// Each by the documentation of its cloud provider.
const ordered: Readonly<Record<string, number>> = {
  'service.beta.kubernetes.io/aws-load-balancer-connection-idle-timeout': second,
  'service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout': minute,
  'service.beta.kubernetes.io/do-loadbalancer-http-idle-timeout-seconds': second,
  'service.beta.kubernetes.io/oci-load-balancer-connection-idle-timeout': second,
  'service.kubernetes.io/ibm-load-balancer-cloud-vpc-idle-connection-timeout': second,
  'loadbalancer.openstack.org/timeout-client-data': millisecond,
  'loadbalancer.openstack.org/timeout-member-data': millisecond,
};
// "tcp.idle_timeout.seconds=120", one such annotation for each listener ("….TCP-80").
const ofListener = 'service.beta.kubernetes.io/aws-load-balancer-listener-attributes.';
const listenerSeconds = /(?:^|,)\s*tcp\.idle_timeout\.seconds=(\d{1,6})/;

const secondsIn = (annotation: string, value: string): number | undefined => {
  const unit = ordered[annotation];
  if (unit !== undefined) return /^\d{1,9}$/.test(value.trim()) ? Number(value.trim()) * unit : undefined;
  const said = annotation.startsWith(ofListener) ? listenerSeconds.exec(value)?.[1] : undefined;
  return said === undefined ? undefined : Number(said);
};

/** The shortest time that an annotation orders; undefined where none does, and the provider decides. */
export const idleOrder = (service: KubeObject<'services'> | undefined): IdleOrder | undefined =>
  Object.entries(service?.metadata?.annotations ?? {})
    .flatMap(([annotation, value]) => {
      const seconds = secondsIn(annotation, value);
      return seconds === undefined || seconds === 0 ? [] : [{ annotation, seconds }];
    })
    .toSorted((a, b) => a.seconds - b.seconds)[0];
