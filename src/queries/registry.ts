import type { AnyQuery } from '../domain/query.js';
import { packetCapture } from './captures/packet-capture.js';
import { packetSockets } from './captures/packet-sockets.js';
import { connectAnew } from './connect-anew.js';
import { httpGet } from './http-get.js';
import { conntrackFlows } from './kernel/conntrack-flows.js';
import { conntrackStatistics } from './kernel/conntrack-statistics.js';
import { deviceMtus } from './kernel/device-mtus.js';
import { kernelCounters } from './kernel/kernel-counters.js';
import { kernelLog } from './kernel/kernel-log.js';
import { kernelSettings } from './kernel/kernel-settings.js';
import { neighbour } from './kernel/neighbour.js';
import { neighbourCount } from './kernel/neighbour-count.js';
import { nodeClock } from './kernel/node-clock.js';
import { pathMtu } from './kernel/path-mtu.js';
import { pingSeries } from './kernel/ping-series.js';
import { libcLookup } from './libc-lookup.js';
import { addressReservations } from './links/address-reservations.js';
import { bridgeFdb } from './links/bridge-fdb.js';
import { cniConfig } from './links/cni-config.js';
import { flannelSubnet } from './links/flannel-subnet.js';
import { ipLinks } from './links/ip-links.js';
import { ipNeighbours } from './links/ip-neighbours.js';
import { ipRoutes } from './links/ip-routes.js';
import { ipRules } from './links/ip-rules.js';
import { ownNetwork } from './links/own-network.js';
import { podNetwork } from './links/pod-network.js';
import { podNetworkNamespace } from './links/pod-network-namespace.js';
import { routeTo } from './links/route-to.js';
import { listenQueues } from './listen-queues.js';
import { listeningSockets } from './listening-sockets.js';
import { pausedGet } from './paused-get.js';
import { ping } from './ping.js';
import { podMtu } from './pod-mtu.js';
import { resolveName } from './resolve-name.js';
import { resolverConfig } from './resolver-config.js';
import { addressNeighbour } from './rules/address-neighbour.js';
import { bridgeMembers } from './rules/bridge-members.js';
import { bridgePorts } from './rules/bridge-ports.js';
import { deviceNames } from './rules/device-names.js';
import { kubeProxyPort } from './rules/kube-proxy-port.js';
import { kubeProxyProcesses } from './rules/kube-proxy-processes.js';
import { kubeProxySync } from './rules/kube-proxy-sync.js';
import { legacyPacketRules } from './rules/legacy-packet-rules.js';
import { nftPacketRules } from './rules/nft-packet-rules.js';
import { nftTable } from './rules/nft-table.js';
import { nftTables } from './rules/nft-tables.js';
import { packetRules } from './rules/packet-rules.js';
import { packetRulesVersion } from './rules/packet-rules-version.js';
import { packetTableNames } from './rules/packet-table-names.js';
import { routeToAddress } from './rules/route-to-address.js';
import { virtualServers } from './rules/virtual-servers.js';
import { sizedGet } from './sized-get.js';
import { tcpConnect } from './tcp-connect.js';
import { toolsPresent } from './tools-present.js';

const all: readonly AnyQuery[] = [
  deviceNames,
  connectAnew,
  conntrackFlows,
  conntrackStatistics,
  deviceMtus,
  httpGet,
  kernelCounters,
  kernelLog,
  kernelSettings,
  libcLookup,
  bridgeFdb,
  flannelSubnet,
  ipLinks,
  ipNeighbours,
  ipRoutes,
  ipRules,
  routeTo,
  listeningSockets,
  packetCapture,
  packetSockets,
  ownNetwork,
  podNetwork,
  podNetworkNamespace,
  addressReservations,
  cniConfig,
  listenQueues,
  neighbour,
  neighbourCount,
  nodeClock,
  pathMtu,
  pausedGet,
  ping,
  pingSeries,
  podMtu,
  resolveName,
  resolverConfig,
  kubeProxyPort,
  kubeProxySync,
  kubeProxyProcesses,
  legacyPacketRules,
  nftPacketRules,
  nftTable,
  nftTables,
  packetRules,
  packetRulesVersion,
  packetTableNames,
  routeToAddress,
  sizedGet,
  virtualServers,
  bridgePorts,
  bridgeMembers,
  addressNeighbour,
  tcpConnect,
  toolsPresent,
];

/** Every program that may ever run remotely, by name. */
export const queries: Readonly<Record<string, AnyQuery>> = Object.fromEntries(all.map((query) => [query.name, query]));

/** The programs of which a container needs one, best first. */
export const toolsOf = (query: AnyQuery): string[] => [...new Set(query.variants.map(({ tool }) => tool))];
