import type { AnyQuery } from '../domain/query.js';
import { packetCapture } from './captures/packet-capture.js';
import { packetSockets } from './captures/packet-sockets.js';
import { httpGet } from './http-get.js';
import { kernelSettings } from './kernel/kernel-settings.js';
import { libcLookup } from './libc-lookup.js';
import { bridgeFdb } from './links/bridge-fdb.js';
import { flannelSubnet } from './links/flannel-subnet.js';
import { ipLinks } from './links/ip-links.js';
import { ipNeighbours } from './links/ip-neighbours.js';
import { ipRoutes } from './links/ip-routes.js';
import { ipRules } from './links/ip-rules.js';
import { routeTo } from './links/route-to.js';
import { listeningSockets } from './listening-sockets.js';
import { ping } from './ping.js';
import { resolveName } from './resolve-name.js';
import { resolverConfig } from './resolver-config.js';
import { tcpConnect } from './tcp-connect.js';
import { toolsPresent } from './tools-present.js';

const all: readonly AnyQuery[] = [
  httpGet,
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
  ping,
  resolveName,
  resolverConfig,
  tcpConnect,
  toolsPresent,
];

/** Every program that may ever run remotely, by name. */
export const queries: Readonly<Record<string, AnyQuery>> = Object.fromEntries(all.map((query) => [query.name, query]));

/** The programs of which a container needs one, best first. */
export const toolsOf = (query: AnyQuery): string[] => [...new Set(query.variants.map(({ tool }) => tool))];
