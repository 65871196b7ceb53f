import type { AnyQuery } from '../domain/query.js';
import { askAnew } from './ask-anew.js';
import { packetCapture } from './captures/packet-capture.js';
import { packetDrops } from './captures/packet-drops.js';
import { packetSockets } from './captures/packet-sockets.js';
import { connectAnew } from './connect-anew.js';
import { askOverTcp } from './dns/ask-over-tcp.js';
import { cLibrary } from './dns/c-library.js';
import { httpGet } from './http-get.js';
import { httpsGet } from './https-get.js';
import { servedCertificate } from './ingress/served-certificate.js';
import { cardFeatures } from './kernel/card-features.js';
import { cardStatistics } from './kernel/card-statistics.js';
import { conntrackFlows } from './kernel/conntrack-flows.js';
import { conntrackStatistics } from './kernel/conntrack-statistics.js';
import { cpuStat } from './kernel/cpu-stat.js';
import { deviceMtus } from './kernel/device-mtus.js';
import { ipsecErrors } from './kernel/ipsec-errors.js';
import { kernelCounters } from './kernel/kernel-counters.js';
import { kernelLog } from './kernel/kernel-log.js';
import { kernelRelease } from './kernel/kernel-release.js';
import { kernelSettings } from './kernel/kernel-settings.js';
import { neighbour } from './kernel/neighbour.js';
import { neighbourCount } from './kernel/neighbour-count.js';
import { nodeClock } from './kernel/node-clock.js';
import { pathMtu } from './kernel/path-mtu.js';
import { pingSeries } from './kernel/ping-series.js';
import { queueDisciplines } from './kernel/queue-disciplines.js';
import { socketSummary } from './kernel/socket-summary.js';
import { libcLookup } from './libc-lookup.js';
import { addressOwners } from './links/address-owners.js';
import { addressReservations } from './links/address-reservations.js';
import { bridgeFdb } from './links/bridge-fdb.js';
import { cniConfig } from './links/cni-config.js';
import { flannelSubnet } from './links/flannel-subnet.js';
import { forwardedRoute } from './links/forwarded-route.js';
import { ipLinks } from './links/ip-links.js';
import { ipNeighbours } from './links/ip-neighbours.js';
import { ipRoutes } from './links/ip-routes.js';
import { ipRules } from './links/ip-rules.js';
import { ownNetwork } from './links/own-network.js';
import { packetHooks } from './links/packet-hooks.js';
import { podNetwork } from './links/pod-network.js';
import { podNetworkNamespace } from './links/pod-network-namespace.js';
import { routeFrom } from './links/route-from.js';
import { routeTo } from './links/route-to.js';
import { wireguardPeers } from './links/wireguard-peers.js';
import { listenQueues } from './listen-queues.js';
import { listeningSockets } from './listening-sockets.js';
import { lookupTimes } from './lookup-times.js';
import { kubeletJournal } from './node/kubelet-journal.js';
import { nodePrograms } from './node/node-programs.js';
import { serviceUnits } from './node/service-units.js';
import { pausedGet } from './paused-get.js';
import { ping } from './ping.js';
import { birdProtocols } from './plugins/bird-protocols.js';
import { ciliumAddress } from './plugins/cilium-address.js';
import { ciliumMetrics } from './plugins/cilium-metrics.js';
import { ciliumServices } from './plugins/cilium-services.js';
import { ciliumStatus } from './plugins/cilium-status.js';
import { hubbleDrops } from './plugins/hubble-drops.js';
import { podMtu } from './pod-mtu.js';
import { proxiedGet } from './proxied-get.js';
import { connectsOverTime } from './recorder/connects-over-time.js';
import { lookupsOverTime } from './recorder/lookups-over-time.js';
import { requestsOverTime } from './recorder/requests-over-time.js';
import { resolveName } from './resolve-name.js';
import { resolverConfig } from './resolver-config.js';
import { addressNeighbour } from './rules/address-neighbour.js';
import { bridgeMembers } from './rules/bridge-members.js';
import { bridgePorts } from './rules/bridge-ports.js';
import { deviceNames } from './rules/device-names.js';
import { ipSets } from './rules/ip-sets.js';
import { kubeProxyConfig } from './rules/kube-proxy-config.js';
import { kubeProxyLatency } from './rules/kube-proxy-latency.js';
import { kubeProxyPort } from './rules/kube-proxy-port.js';
import { kubeProxyProcesses } from './rules/kube-proxy-processes.js';
import { kubeProxySync } from './rules/kube-proxy-sync.js';
import { legacyPacketRules } from './rules/legacy-packet-rules.js';
import { localHealth } from './rules/local-health.js';
import { nftPacketRules } from './rules/nft-packet-rules.js';
import { nftTable } from './rules/nft-table.js';
import { nftTables } from './rules/nft-tables.js';
import { packetRules } from './rules/packet-rules.js';
import { packetRulesVersion } from './rules/packet-rules-version.js';
import { packetTableNames } from './rules/packet-table-names.js';
import { portSockets } from './rules/port-sockets.js';
import { routeToAddress } from './rules/route-to-address.js';
import { virtualConnections } from './rules/virtual-connections.js';
import { virtualServerTimeouts } from './rules/virtual-server-timeouts.js';
import { virtualServers } from './rules/virtual-servers.js';
import { sizedGet } from './sized-get.js';
import { tcpConnect } from './tcp-connect.js';
import { toolsPresent } from './tools-present.js';

const all: readonly AnyQuery[] = [
  birdProtocols,
  ciliumAddress,
  ciliumMetrics,
  ciliumServices,
  ciliumStatus,
  hubbleDrops,
  deviceNames,
  askAnew,
  askOverTcp,
  connectsOverTime,
  lookupsOverTime,
  requestsOverTime,
  cLibrary,
  cpuStat,
  connectAnew,
  lookupTimes,
  conntrackFlows,
  conntrackStatistics,
  deviceMtus,
  httpGet,
  httpsGet,
  servedCertificate,
  kernelCounters,
  kernelLog,
  kubeletJournal,
  nodePrograms,
  serviceUnits,
  kernelRelease,
  kernelSettings,
  libcLookup,
  bridgeFdb,
  flannelSubnet,
  forwardedRoute,
  ipLinks,
  ipNeighbours,
  ipRoutes,
  ipRules,
  routeTo,
  listeningSockets,
  packetCapture,
  packetDrops,
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
  proxiedGet,
  ping,
  pingSeries,
  podMtu,
  resolveName,
  resolverConfig,
  ipSets,
  kubeProxyConfig,
  kubeProxyLatency,
  kubeProxyPort,
  kubeProxySync,
  kubeProxyProcesses,
  legacyPacketRules,
  localHealth,
  nftPacketRules,
  nftTable,
  nftTables,
  packetRules,
  packetRulesVersion,
  packetTableNames,
  portSockets,
  routeToAddress,
  sizedGet,
  virtualConnections,
  virtualServerTimeouts,
  virtualServers,
  bridgePorts,
  bridgeMembers,
  addressNeighbour,
  addressOwners,
  routeFrom,
  wireguardPeers,
  packetHooks,
  ipsecErrors,
  queueDisciplines,
  cardFeatures,
  cardStatistics,
  socketSummary,
  tcpConnect,
  toolsPresent,
];

/** Every program that may ever run remotely, by name. */
export const queries: Readonly<Record<string, AnyQuery>> = Object.fromEntries(all.map((query) => [query.name, query]));

/** The programs of which a container needs one, best first. */
export const toolsOf = (query: AnyQuery): string[] => [...new Set(query.variants.map(({ tool }) => tool))];
