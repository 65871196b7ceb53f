import type { AnyQuery } from '../domain/query.js';
import { httpGet } from './http-get.js';
import { kernelSettings } from './kernel/kernel-settings.js';
import { libcLookup } from './libc-lookup.js';
import { listeningSockets } from './listening-sockets.js';
import { ping } from './ping.js';
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
import { tcpConnect } from './tcp-connect.js';
import { toolsPresent } from './tools-present.js';

const all: readonly AnyQuery[] = [
  deviceNames,
  httpGet,
  kernelSettings,
  libcLookup,
  listeningSockets,
  ping,
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
