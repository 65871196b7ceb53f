import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseAsked } from '../../../src/parse/asked.js';
import { connectFactsSchema } from '../../../src/parse/connect.js';
import { parseCardStatistics, parseFeatures } from '../../../src/parse/kernel/card.js';
import { parseIpsecErrors } from '../../../src/parse/kernel/ipsec-errors.js';
import { parseQueues, queuesSchema } from '../../../src/parse/kernel/queue-disciplines.js';
import { parseSocketSummary, socketSummarySchema } from '../../../src/parse/kernel/socket-summary.js';
import { addressOwnersSchema, parseAddressOwners } from '../../../src/parse/links/address-owners.js';
import { cniConfigSchema, parseCniConfig } from '../../../src/parse/links/cni-config.js';
import { containerProcessSchema, parseContainerProcess } from '../../../src/parse/links/container-pid.js';
import { flannelSubnetSchema, parseFlannelSubnet } from '../../../src/parse/links/flannel-subnet.js';
import { forwardingEntriesSchema, parseForwardingEntries } from '../../../src/parse/links/forwarding-entries.js';
import { linksSchema } from '../../../src/parse/links/link.js';
import { parseLinks } from '../../../src/parse/links/links.js';
import { neighboursSchema, parseNeighbours } from '../../../src/parse/links/neighbours.js';
import { packetHooksSchema, parsePacketHooks } from '../../../src/parse/links/packet-hooks.js';
import { parsePodNetwork, podNetworkSchema } from '../../../src/parse/links/pod-network.js';
import { parseReservations, reservationsSchema } from '../../../src/parse/links/reservations.js';
import { parseRouteTo, routeToSchema } from '../../../src/parse/links/route-to.js';
import { parseRoutes, routesSchema } from '../../../src/parse/links/routes.js';
import { parseRules, rulesSchema } from '../../../src/parse/links/rules.js';
import { parseWireguardPeers, wireguardPeersSchema } from '../../../src/parse/links/wireguard-peers.js';
import { lookupTimeSchema, parseLookupTimes } from '../../../src/parse/lookup-times.js';
import { corpus } from '../corpus.js';
import { mangled } from '../mangled.js';
import { recorded } from '../recorded.js';

const node = (name: string) => corpus(`plain/healthy/node-b/${name}`);
const counts = z.record(z.string(), z.number()).optional();
const parsers = [
  ['links', parseLinks, linksSchema, [node('ip-link.json'), node('ip-link.txt'), recorded('ip-busybox', 'addr')]],
  ['routes', parseRoutes, routesSchema, [node('ip-route.json'), node('ip-route.txt')]],
  ['route-to', (text: string) => parseRouteTo(text, text), routeToSchema, [recorded('ip', 'route-get-link')]],
  ['neighbours', parseNeighbours, neighboursSchema, [node('ip-neigh.json'), node('ip-neigh.txt')]],
  ['entries', parseForwardingEntries, forwardingEntriesSchema, [node('bridge-fdb.json'), node('bridge-fdb.txt')]],
  ['rules', parseRules, rulesSchema, [node('ip-rule.json'), recorded('ip', 'rule-policy')]],
  ['pod', parsePodNetwork, podNetworkSchema, [recorded('pod-network', 'nsenter'), recorded('pod-network', 'busybox')]],
  [
    'process',
    (stdout: string) => parseContainerProcess({ stdout, stderr: '', tool: 'ctr' }, '7b0a'),
    containerProcessSchema,
    [node('containerd-tasks.txt')],
  ],
  ['files', parseCniConfig, cniConfigSchema, [recorded('cni-files', 'several')]],
  ['reservations', parseReservations, reservationsSchema, [recorded('cni-files', 'reservations')]],
  ['lease', parseFlannelSubnet, flannelSubnetSchema, [node('flannel-subnet.txt')]],
  ['owners', parseAddressOwners, addressOwnersSchema, [recorded('arping', 'two')]],
  ['peers', parseWireguardPeers, wireguardPeersSchema, [recorded('wg', 'fresh-and-never')]],
  ['queues', parseQueues, queuesSchema, [recorded('tc', 'qdisc-after'), recorded('tc', 'qdisc-text')]],
  ['hooks', parsePacketHooks, packetHooksSchema, [recorded('bpftool', 'hooks')]],
  ['errors', parseIpsecErrors, counts, [recorded('xfrm', 'stat')]],
  ['features', parseFeatures, z.record(z.string(), z.boolean()).optional(), [node('ethtool-features.txt')]],
  ['statistics', parseCardStatistics, counts, [node('ethtool-statistics.txt')]],
  ['sockets', parseSocketSummary, socketSummarySchema.optional(), [node('sockets-summary.txt')]],
  ['questions', (text: string) => parseAsked(text, 'dig'), connectFactsSchema, [recorded('ask-anew', 'dig-answered')]],
  [
    'lookups',
    (text: string) => parseLookupTimes(text, 'getent'),
    z.array(lookupTimeSchema),
    [recorded('lookup-times', 'some-slow')],
  ],
] as const;

it.each(parsers)('%s: any text has an answer that fits its schema', (_, parse, schema, texts) => {
  fc.assert(
    fc.property(mangled(texts), (text) => {
      expect(schema.safeParse(parse(text)).error).toBeUndefined();
    }),
  );
});

it.each(parsers)('%s: long lines and many of them take no time', (_, parse, __, texts) => {
  parse('a '.repeat(200_000));
  parse(`${'1: '.repeat(50_000)}\n`.repeat(3));
  parse((texts.at(-1) ?? '').repeat(500));
});
