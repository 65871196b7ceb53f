import { z } from 'zod';
import type { KubeObject } from './kinds.js';
import type { ServicePort } from './service-port.js';

type Slice = KubeObject<'endpointslices'>;

export const endpointSchema = z.strictObject({
  slice: z.string(),
  /** IPv4, IPv6 or FQDN. */
  family: z.string(),
  address: z.string(),
  node: z.string(),
  /** The Pod it stands for; empty where it names none. */
  pod: z.string(),
  uid: z.string(),
  ready: z.boolean(),
  serving: z.boolean(),
  terminating: z.boolean(),
  ports: z.array(z.strictObject({ name: z.string(), protocol: z.string() })),
  /** Written by the controller that follows the selector of the Service. */
  managed: z.boolean(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

const controller = 'endpointslice-controller.k8s.io';

const podBehind = (targetRef: NonNullable<Slice['endpoints']>[number]['targetRef']) =>
  targetRef?.kind === 'Pod' ? { pod: targetRef.name ?? '', uid: targetRef.uid ?? '' } : { pod: '', uid: '' };

/** A missing condition has a meaning of its own: ready, serving, not terminating (discovery.k8s.io/v1). */
const conditionsOf = (conditions: NonNullable<Slice['endpoints']>[number]['conditions']) => ({
  ready: conditions?.ready ?? true,
  serving: conditions?.serving ?? true,
  terminating: conditions?.terminating ?? false,
});

const endpointsIn = (slice: Slice): Endpoint[] =>
  (slice.endpoints ?? []).map(({ addresses, conditions, nodeName, targetRef }) => ({
    slice: slice.metadata?.name ?? '',
    family: slice.addressType,
    // kube-proxy looks at the first address only.
    address: addresses[0] ?? '',
    node: nodeName ?? '',
    ...podBehind(targetRef),
    ...conditionsOf(conditions),
    ports: (slice.ports ?? []).map(({ name, protocol }) => ({ name: name ?? '', protocol: protocol ?? 'TCP' })),
    managed: slice.metadata?.labels?.['endpointslice.kubernetes.io/managed-by'] === controller,
  }));

export const endpointsOf = (slices: readonly Slice[]): Endpoint[] => slices.flatMap(endpointsIn);

/** The label by which the slices of a Service are found. */
export const slicesOf = (service: string) => ({ 'kubernetes.io/service-name': service });

/**
 * What kube-proxy would send traffic to: ready endpoints, and where none is left those that still serve while
 * they terminate (KEP-1669).
 */
export const usable = (endpoints: readonly Endpoint[]): Endpoint[] => {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  return ready.length > 0 ? ready : endpoints.filter(({ serving, terminating }) => serving && terminating);
};

/**
 * Those that traffic is sent to as well and that the controller of the selector did not write, at addresses that it does
 * not list itself. Where it wrote nothing, somebody keeps all of them by hand, and nobody is a stranger.
 */
export const strangersIn = (endpoints: readonly Endpoint[]): Endpoint[] => {
  const managed = endpoints.filter((endpoint) => endpoint.managed);
  if (managed.length === 0) return [];
  const listed = new Set(addressesOf(managed));
  return usable(endpoints).filter((endpoint) => !endpoint.managed && !listed.has(endpoint.address));
};

/** Slices are bound to a Service port by its name and protocol. Without `ports` every endpoint counts. */
export const carrying = (endpoints: readonly Endpoint[], ports: readonly ServicePort[]): Endpoint[] =>
  ports.length === 0
    ? [...endpoints]
    : endpoints.filter((endpoint) =>
        ports.some(({ name, protocol }) =>
          endpoint.ports.some((port) => port.name === name && port.protocol === protocol),
        ),
      );

/** Some endpoints are kept for clients of certain zones: a node may leave the others out. */
export const isHinted = (slices: readonly Slice[]): boolean =>
  slices.some(({ endpoints }) => endpoints?.some(({ hints }) => (hints?.forZones ?? []).length > 0));

export const addressesOf = (endpoints: readonly Endpoint[]): string[] => [
  ...new Set(endpoints.map(({ address }) => address)),
];
export const nodesOf = (endpoints: readonly Endpoint[]): string[] => [
  ...new Set(endpoints.map(({ node }) => node).filter((node) => node !== '')),
];
