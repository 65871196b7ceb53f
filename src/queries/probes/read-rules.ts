import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import type { Packet } from '../../parse/rules/packet.js';
import { ipvsDevice, replacedBy } from '../../parse/rules/service-handler.js';
import { deviceNames } from '../rules/device-names.js';
import { ipSets } from '../rules/ip-sets.js';
import { routeToAddress } from '../rules/route-to-address.js';
import { familyOf, firstPacket, type Start } from './first-packet.js';
import { type Family, type NodeRules, nodeRules, ruleQueries } from './node-rules.js';

export const readQueries = [...ruleQueries, deviceNames, routeToAddress, ipSets] as const;
type Node = RunPort<(typeof readQueries)[number]>;

/** A rule that was not understood could decide anything. */
const allUnderstood = ({ strange }: Pick<NodeRules, 'strange'>) => {
  if (strange[0] !== undefined)
    throw new CannotLook('lost', `A line of the packet rules was not understood: ${strange[0]}`);
};

export interface Dialled {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
}

export interface Rules {
  readonly rules: NodeRules;
  readonly family: Family;
  /** The first packet of the flow, as it comes to the first hook. */
  readonly packet: Packet;
  readonly devices: readonly string[];
  /** Interfaces of programs that replace kube-proxy. */
  readonly replacing: readonly string[];
  /** The Service address belongs to the node itself, as in IPVS mode. */
  readonly ipvs: boolean;
}

/** What the sets of IPVS mode hold; without it, whatever asks for a set is an open question. */
const readSets = async (node: Node, devices: readonly string[]): Promise<Partial<Packet>> => {
  if (!devices.includes(ipvsDevice)) return {};
  const read = await ifReadable(node.run(ipSets, {}));
  return read?.ok && read.facts.strange.length === 0 ? { sets: read.facts.sets } : {};
};

/** The packet rules of a node and the packet that is to pass them. */
export const readRules = async (
  node: Node,
  start: Pick<Start, 'address' | 'fromNode'>,
  to: Dialled,
): Promise<Rules> => {
  const family = familyOf(to.address);
  const [rules, { names: devices }, back, there] = await Promise.all([
    nodeRules(node, family),
    node.run(deviceNames, {}),
    node.run(routeToAddress, { address: start.address }),
    node.run(routeToAddress, { address: to.address }),
  ]);
  allUnderstood(rules);
  const sets = await readSets(node, devices);
  const local = there.kind === 'local';
  const comesIn = start.fromNode ? {} : { in: back.device || undefined };
  return {
    rules,
    family,
    packet: firstPacket(start, to, { toNode: local, ...comesIn, ...sets }),
    devices,
    replacing: replacedBy(devices),
    ipvs: devices.includes(ipvsDevice) && local,
  };
};
