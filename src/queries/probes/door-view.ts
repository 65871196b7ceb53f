import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { type DoorView, translationOf } from '../../parse/rules/door.js';
import { inRange } from '../../parse/rules/in-range.js';
import type { VirtualServers } from '../../parse/rules/ip-vs.js';
import { nodePortEntry, servesNodePort } from '../../parse/rules/node-port-entry.js';
import type { ProxyConfig } from '../../parse/rules/proxy-config.js';
import { returnPathOf, returnPathThrough } from '../../parse/rules/return-path.js';
import { ipvsDevice } from '../../parse/rules/service-handler.js';
import { doorRefusals, isProxyTable } from '../../parse/rules/translate.js';
import { kubeProxyConfig } from '../rules/kube-proxy-config.js';
import { virtualServers } from '../rules/virtual-servers.js';
import type { Start } from './first-packet.js';
import { type Dialled, type Rules, readQueries, readRules } from './read-rules.js';
import { serviceView } from './service-view.js';

export const doorQueries = [...readQueries, virtualServers, kubeProxyConfig] as const;
type Node = RunPort<(typeof doorQueries)[number]>;

interface Read {
  readonly rules: Rules;
  readonly table: VirtualServers;
  readonly config: ProxyConfig | undefined;
  readonly to: Dialled;
  /** The node's own address is dialled, and no other that kube-proxy serves. */
  readonly nodePort: boolean;
}

const isIpvs = ({ rules, table }: Read) => table.there && rules.devices.includes(ipvsDevice);

const serversAt = ({ table, to }: Read) =>
  table.servers.filter(({ protocol, port }) => protocol === to.protocol && port === to.port);

/** What IPVS of the node holds beside the rules, in the words of the rules. */
const withIpvs = (view: ReturnType<typeof serviceView>, read: Read) => {
  if (!isIpvs(read)) return view;
  const server = serversAt(read).find(({ address }) => address === read.to.address);
  return {
    ...view,
    translations: [...view.translations, ...(server ? [translationOf(server)] : [])],
    written: [...view.written, { from: 'ipvs', services: read.table.servers.length, there: true }],
  };
};

const rangesOf = (config: ProxyConfig | undefined) =>
  (config?.nodePortAddresses ?? []).filter((one) => one !== 'primary');

type Opening = Pick<DoorView, 'leftOut' | 'open' | 'unreached'>;

const openInIpvs = (read: Read): Opening => {
  const open = serversAt(read).map(({ address }) => address);
  const ranges = rangesOf(read.config);
  const outside = ranges.length > 0 && !ranges.some((range) => inRange(read.to.address, range));
  return { leftOut: open.length > 0 || outside, open, unreached: false };
};

const openInRules = ({ rules: { rules, packet, family }, config }: Read): Opening => {
  const entry = nodePortEntry(rules.tables, family);
  const serves = entry !== undefined && servesNodePort(rules.tables, packet, family);
  const named = entry !== undefined && (entry.all || entry.addresses.length > 0);
  // No way in for any address is the work of a range that fits none, or of somebody who took the rule out.
  return {
    leftOut: serves && (named || rangesOf(config).length > 0),
    open: [...(entry?.addresses ?? [])],
    unreached: serves,
  };
};

const openingOf = (read: Read, view: Pick<DoorView, 'translations' | 'unreached'>): Opening => {
  if (!read.nodePort || view.translations.some(({ endpoints }) => endpoints.length > 0))
    return { leftOut: false, open: [], unreached: view.unreached };
  return isIpvs(read) ? openInIpvs(read) : openInRules(read);
};

const modeOf = (read: Read) => {
  if (read.config) return read.config.mode || 'iptables';
  if (isIpvs(read)) return 'ipvs';
  return read.rules.rules.tables.some(isProxyTable) ? 'nftables' : 'iptables';
};

const plainIn = (read: Read, { translations }: Pick<DoorView, 'translations'>): string[] => {
  const { rules, packet, family } = read.rules;
  if (!isIpvs(read)) return [...returnPathOf(rules.tables, packet, family).plain];
  // Which packets are marked stands in sets: without them nothing can be said.
  if (!packet.sets) return [];
  const places = translations.flatMap(({ from, endpoints }) => (from === 'ipvs' ? endpoints : []));
  return [...returnPathThrough(rules.tables, packet, { family, places }).plain];
};

/** What one Node does to the first packet to a node port of its own, or to an address from outside that it serves. */
export const doorView = async (
  node: Node,
  start: Pick<Start, 'address' | 'fromNode'>,
  to: Dialled & { readonly nodePort: boolean },
): Promise<DoorView> => {
  const [rules, table, config] = await Promise.all([
    readRules(node, start, to),
    node.run(virtualServers, {}),
    ifReadable(node.run(kubeProxyConfig, {})),
  ]);
  if (table.strange[0])
    throw new CannotLook('lost', `A line of /proc/net/ip_vs was not understood: ${table.strange[0]}`);
  const read = { rules, table, config, to, nodePort: to.nodePort };
  const { tables } = rules.rules;
  const { rejects, drops, stopped } = doorRefusals(tables, rules.packet, rules.family);
  const { rejects: _, drops: __, ...seen } = serviceView(rules);
  const view = withIpvs(seen, read);
  return {
    ...view,
    ipvs: false,
    ...(rejects !== undefined && { rejects }),
    ...(drops !== undefined && { drops }),
    ...(stopped && { stopped }),
    ...openingOf(read, view),
    mode: modeOf(read),
    configured: [...(config?.nodePortAddresses ?? [])],
    plain: plainIn(read, view),
  };
};
