import type { Port } from '../../domain/flow.js';
import { type Endpoint, partiesOf } from '../inventory/endpoint.js';
import type { Inventory } from '../inventory/inventory.js';
import type { Backend, Service, ServicePort } from '../inventory/service.js';
import { type Reason, reason } from '../model/match.js';
import { notFound } from './find-endpoints.js';
import { partiesAt } from './outside.js';
import { type Asked, NoSuchEnd, type Target, type Targets } from './targets.js';

const nameOf = ({ namespace, name }: Service) => `${namespace}/${name}`;

export const serviceNamed = ({ services }: Inventory, wanted: { namespace: string; name: string }): Service => {
  const found = services.find(({ namespace, name }) => namespace === wanted.namespace && name === wanted.name);
  if (!found)
    throw notFound(
      'Service',
      wanted,
      services.map(({ name }) => name),
    );
  return found;
};

/** The one the flow means; without a port the only one of that protocol. */
const portMeant = (service: Service, { port, protocol }: Asked): ServicePort => {
  const fitting = service.ports.filter(
    (item) => item.protocol === protocol && (port === undefined || item.port === port || item.name === port),
  );
  const [first, second] = fitting;
  if (!first) throw new NoSuchEnd(`Service ${nameOf(service)} offers no port ${port ?? ''}/${protocol}.`);
  if (second) throw new NoSuchEnd(`Service ${nameOf(service)} has several ports: name one.`);
  return first;
};

const selected = ({ pods, workloads }: Inventory, { namespace, selector }: Service): Endpoint[] => {
  if (!selector) return [];
  const wanted = Object.entries(selector);
  return [...pods, ...workloads].filter(
    ({ party, finished }) =>
      !finished && party.namespace === namespace && wanted.every(([key, value]) => party.labels[key] === value),
  );
};

/** A name is looked up in each Pod; one that does not declare it is no endpoint. */
export const numberIn = ({ party }: Pick<Endpoint, 'party'>, target: Port, protocol: string): number | undefined =>
  typeof target === 'number'
    ? target
    : party.declared.find((item) => item.name === target && item.protocol === protocol)?.port;

const ofPod = (endpoint: Endpoint, { target, protocol }: ServicePort): Target[] => {
  const port = numberIn(endpoint, target, protocol);
  return port === undefined ? [] : [{ parties: partiesOf(endpoint), port }];
};

const ofBackend = ({ address, pod, ports }: Backend, namespace: string, inventory: Inventory) => {
  const named = inventory.pods.find(
    ({ party, object }) => pod !== '' && party.namespace === namespace && object === pod,
  );
  const parties = named ? partiesOf(named) : address ? partiesAt(address, inventory) : [];
  return (port: ServicePort): Target[] => {
    const number = ports.find(({ name, protocol }) => name === port.name && protocol === port.protocol)?.port;
    return number === undefined || parties.length === 0 ? [] : [{ parties, port: number }];
  };
};

/** What the Service selects; where it selects nothing by itself, what somebody listed for it. */
const targetsOf = (service: Service, port: ServicePort, inventory: Inventory): Target[] => {
  if (service.selector) return selected(inventory, service).flatMap((endpoint) => ofPod(endpoint, port));
  const listed = inventory.backends.get(nameOf(service)) ?? [];
  return listed.flatMap((backend) => ofBackend(backend, service.namespace, inventory)(port));
};

const doubtsOf = (service: Service, targets: readonly Target[]): Reason[] => {
  if (service.type === 'ExternalName') return [reason('external-name', { service: nameOf(service) })];
  return targets.length === 0 ? [reason('no-endpoints', { service: nameOf(service) })] : [];
};

/** Policies see the Pod and its own port, never the Service. */
export const serviceTargets = (service: Service, asked: Asked, inventory: Inventory): Targets => {
  if (service.type === 'ExternalName')
    return { targets: [], doubts: doubtsOf(service, []), remarks: [], hidesSource: false };
  const targets = targetsOf(service, portMeant(service, asked), inventory);
  return {
    targets,
    doubts: doubtsOf(service, targets),
    remarks: [],
    hidesSource: (service.type === 'NodePort' || service.type === 'LoadBalancer') && !service.keepsSource,
  };
};

/** The Pods behind a Service, as the source of traffic. */
export const podsBehind = (service: Service, inventory: Inventory): Endpoint[] => selected(inventory, service);

export interface Door {
  readonly service: Service;
  readonly asked: Asked;
}

/** The Service that listens on this port of every node, and its own port behind it. */
export const doorAt = ({ services }: Inventory, { port, protocol }: Asked): Door | undefined => {
  for (const service of services) {
    const found = service.ports.find(
      (item) => item.nodePort !== undefined && item.nodePort === port && item.protocol === protocol,
    );
    if (found) return { service, asked: { port: found.port, protocol } };
  }
  return undefined;
};
