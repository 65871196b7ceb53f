import type { AnyQuery } from '../domain/query.js';
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
import { listenQueues } from './listen-queues.js';
import { listeningSockets } from './listening-sockets.js';
import { pausedGet } from './paused-get.js';
import { ping } from './ping.js';
import { podMtu } from './pod-mtu.js';
import { resolveName } from './resolve-name.js';
import { resolverConfig } from './resolver-config.js';
import { sizedGet } from './sized-get.js';
import { tcpConnect } from './tcp-connect.js';
import { toolsPresent } from './tools-present.js';

const all: readonly AnyQuery[] = [
  connectAnew,
  conntrackFlows,
  conntrackStatistics,
  deviceMtus,
  httpGet,
  kernelCounters,
  kernelLog,
  kernelSettings,
  libcLookup,
  listeningSockets,
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
  sizedGet,
  tcpConnect,
  toolsPresent,
];

/** Every program that may ever run remotely, by name. */
export const queries: Readonly<Record<string, AnyQuery>> = Object.fromEntries(all.map((query) => [query.name, query]));

/** The programs of which a container needs one, best first. */
export const toolsOf = (query: AnyQuery): string[] => [...new Set(query.variants.map(({ tool }) => tool))];
