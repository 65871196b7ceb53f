import type { EndOf, Flow } from '../../domain/flow.js';
import type { KubeObject } from '../../domain/kinds.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { portToTry } from '../../domain/service-port.js';
import { isAddress } from '../../parse/addresses.js';
import type { Packet } from '../../parse/rules/packet.js';
import type { Family } from './node-rules.js';

/** Where a flow starts, as the rules of its node see it. */
export interface Start {
  readonly node: string;
  readonly address: string;
  /** From the node's own network, past the rules for what comes in. */
  readonly fromNode: boolean;
}

type Reader = ObjectReader<'pods' | 'nodes'>;

const internalAddress = (node: KubeObject<'nodes'> | undefined) =>
  node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';

/** The Node a flow starts on, and the address it starts with; undefined where it has none yet. */
export const startOf = async (kube: Reader, from: EndOf<'pod' | 'node'>): Promise<Start | undefined> => {
  if (from.kind === 'node') {
    const address = internalAddress(await kube.get('nodes', { name: from.name }));
    return address === '' ? undefined : { node: from.name, address, fromNode: true };
  }
  const pod = await kube.get('pods', { namespace: from.namespace, name: from.name });
  const { nodeName = '', hostNetwork = false } = pod?.spec ?? {};
  const address = pod?.status?.podIP ?? '';
  return nodeName === '' || address === '' ? undefined : { node: nodeName, address, fromNode: hostNetwork };
};

export const familyOf = (address: string): Family => (address.includes(':') ? 'ip6' : 'ip');

/** The Service address as a client dials it; undefined where it has none, or no port is meant. */
export const dialled = (service: KubeObject<'services'> | undefined, flow: Pick<Flow, 'port' | 'protocol'>) => {
  const address = service?.spec?.clusterIP ?? '';
  const meant = portToTry(service, flow);
  return meant && isAddress(address)
    ? { address, port: meant.port, protocol: meant.protocol.toLowerCase() }
    : undefined;
};

export const firstPacket = (
  start: Pick<Start, 'address' | 'fromNode'>,
  to: { readonly address: string; readonly port: number; readonly protocol: string },
  more: Partial<Packet> = {},
): Packet => ({
  source: start.address,
  destination: to.address,
  protocol: to.protocol,
  port: to.port,
  mark: 0,
  states: ['NEW'],
  fromNode: start.fromNode,
  toNode: false,
  ...more,
});
