import type { EndOf, Flow } from '../../domain/flow.js';
import type { KubeObject } from '../../domain/kinds.js';
import { internalAddress } from '../../domain/node-address.js';
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

const onNode = async (kube: Reader, name: string): Promise<Start | undefined> => {
  const address = internalAddress(await kube.get('nodes', { name }));
  return address === undefined ? undefined : { node: name, address, fromNode: true };
};

const inPod = async (kube: Reader, { namespace, name }: EndOf<'pod'>): Promise<Start | undefined> => {
  const pod = await kube.get('pods', { namespace, name });
  const { nodeName: node = '', hostNetwork: fromNode = false } = pod?.spec ?? {};
  const address = pod?.status?.podIP ?? '';
  return node === '' || address === '' ? undefined : { node, address, fromNode };
};

/** The Node a flow starts on, and the address it starts with; undefined where it has none yet. */
export const startOf = (kube: Reader, from: EndOf<'pod' | 'node'>): Promise<Start | undefined> =>
  from.kind === 'node' ? onNode(kube, from.name) : inPod(kube, from);

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
