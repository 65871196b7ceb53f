import { CannotLook } from '../../domain/cannot-look.js';
import type { RunPort } from '../../domain/ports.js';
import type { NodeView } from '../../parse/rules/compare.js';
import { writtenByProxy } from '../../parse/rules/proxy-rules.js';
import { ipvsDevice, replacedBy } from '../../parse/rules/service-handler.js';
import { refusals, translate } from '../../parse/rules/translate.js';
import { deviceNames } from '../rules/device-names.js';
import { routeToAddress } from '../rules/route-to-address.js';
import { familyOf, firstPacket, type Start } from './first-packet.js';
import { type NodeRules, nodeRules, ruleQueries } from './node-rules.js';

export const viewQueries = [...ruleQueries, deviceNames, routeToAddress] as const;
type Node = RunPort<(typeof viewQueries)[number]>;

/** A rule that was not understood could decide anything. */
export const allUnderstood = ({ strange }: Pick<NodeRules, 'strange'>) => {
  if (strange[0] !== undefined)
    throw new CannotLook('lost', `A line of the packet rules was not understood: ${strange[0]}`);
};

interface Dialled {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
}

/** What the packet rules of one Node do to a connection from there to a Service address. */
export const serviceView = async (
  node: Node,
  start: Pick<Start, 'address' | 'fromNode'>,
  to: Dialled,
): Promise<NodeView> => {
  const family = familyOf(to.address);
  const [rules, devices, back, there] = await Promise.all([
    nodeRules(node, family),
    node.run(deviceNames, {}),
    node.run(routeToAddress, { address: start.address }),
    node.run(routeToAddress, { address: to.address }),
  ]);
  allUnderstood(rules);
  const ipvs = devices.names.includes(ipvsDevice) && there.kind === 'local';
  const packet = firstPacket(start, to, {
    toNode: there.kind === 'local',
    ...(start.fromNode ? {} : { in: back.device || undefined }),
  });
  const { translations, lost } = translate(rules.tables, packet, family);
  if (lost) throw new CannotLook('lost', 'The packet rules lead in circles.');
  const { rejects, drops } = refusals(rules.tables, packet, family);
  return {
    translations,
    written: writtenByProxy(rules.tables, family),
    ...(rejects !== undefined && { rejects }),
    ...(drops !== undefined && { drops }),
    replacing: replacedBy(devices.names),
    ipvs,
  };
};
