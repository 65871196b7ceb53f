import type { Port, Protocol } from '../../domain/flow.js';
import type { Labels } from '../../domain/selector.js';
import { type Address, readAddress } from '../address/address.js';
import { child, descend, type Field, itemsOf, labelsOf, numberOf, textOf } from '../read/field.js';
import { type Manifest, specOf } from './document.js';

export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly target: Port;
  readonly nodePort: number | undefined;
}

export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly headless: boolean;
  /** Absent where somebody else lists its endpoints. */
  readonly selector: Labels | undefined;
  readonly ports: readonly ServicePort[];
  /** Whether traffic from outside keeps its source: it then reaches only Pods of the node it came to. */
  readonly keepsSource: boolean;
  readonly addresses: readonly Address[];
  readonly publishesNotReady: boolean;
}

/** One endpoint that a slice lists for a Service. */
export interface Backend {
  readonly address: Address | undefined;
  /** Name of the Pod it stands for, in the namespace of the Service. */
  readonly pod: string;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
}

const isProtocol = (text: string): text is Protocol => text === 'TCP' || text === 'UDP' || text === 'SCTP';

const targetOf = (field: Field, port: number): Port => {
  const { value } = child(field, 'targetPort');
  return typeof value === 'string' ? (/^\d+$/.test(value) ? Number(value) : value) : Number(value) || port;
};

const readPort = (field: Field): ServicePort[] => {
  const port = numberOf(child(field, 'port'));
  const protocol = textOf(child(field, 'protocol')) ?? 'TCP';
  if (port === undefined || !isProtocol(protocol)) return [];
  const name = textOf(child(field, 'name')) ?? '';
  return [{ name, port, protocol, target: targetOf(field, port), nodePort: numberOf(child(field, 'nodePort')) }];
};

const addressesIn = (spec: Field) => {
  const texts = (itemsOf(child(spec, 'clusterIPs')) ?? [child(spec, 'clusterIP')]).concat(
    itemsOf(child(spec, 'externalIPs')) ?? [],
  );
  return texts.flatMap(({ value }) => (typeof value === 'string' ? (readAddress(value) ?? []) : []));
};

export const readService = (manifest: Manifest): Service => {
  const spec = specOf(manifest);
  const selector = labelsOf(child(spec, 'selector'));
  return {
    namespace: manifest.namespace,
    name: manifest.name,
    type: textOf(child(spec, 'type')) ?? 'ClusterIP',
    headless: child(spec, 'clusterIP').value === 'None',
    selector: Object.keys(selector).length > 0 ? selector : undefined,
    ports: (itemsOf(child(spec, 'ports')) ?? []).flatMap(readPort),
    keepsSource: child(spec, 'externalTrafficPolicy').value === 'Local',
    addresses: addressesIn(spec),
    publishesNotReady: child(spec, 'publishNotReadyAddresses').value === true,
  };
};

const serviceLabel = 'kubernetes.io/service-name';

/** The `namespace/service` that a slice belongs to, and what it lists; a slice of nobody lists nothing. */
export const readSlice = (manifest: Manifest): { service: string; backends: Backend[] } | undefined => {
  const name = textOf(descend(manifest.root, 'metadata', 'labels', serviceLabel));
  if (name === undefined) return undefined;
  const ports = (itemsOf(child(manifest.root, 'ports')) ?? []).flatMap((field) => {
    const port = numberOf(child(field, 'port'));
    if (port === undefined) return [];
    return { name: textOf(child(field, 'name')) ?? '', port, protocol: textOf(child(field, 'protocol')) ?? 'TCP' };
  });
  const backends = (itemsOf(child(manifest.root, 'endpoints')) ?? []).map((field): Backend => {
    const [first] = itemsOf(child(field, 'addresses')) ?? [];
    const isOfPod = descend(field, 'targetRef', 'kind').value === 'Pod';
    return {
      address: first && readAddress(String(first.value)),
      pod: isOfPod ? (textOf(descend(field, 'targetRef', 'name')) ?? '') : '',
      ports,
    };
  });
  return { service: `${manifest.namespace}/${name}`, backends };
};
