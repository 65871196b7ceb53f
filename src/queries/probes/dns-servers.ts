import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { dnsPods, dnsReplicas, dnsService } from '../../domain/cluster-dns.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { RunPort } from '../../domain/ports.js';
import { isAddress } from '../../parse/addresses.js';
import type { Cell } from '../../parse/dns/matrix.js';
import { type ResolveFacts, resolveFactsSchema } from '../../parse/resolve.js';
import { askOverTcp } from '../dns/ask-over-tcp.js';
import { resolveName } from '../resolve-name.js';

export const dnsServerSchema = z.strictObject({
  address: z.string(),
  /** The address that Pods ask, or one of those that answer behind it. */
  role: z.enum(['service', 'replica']),
  pod: z.string(),
  node: z.string(),
});
type DnsServer = z.infer<typeof dnsServerSchema>;

export const askedServerSchema = z.strictObject({
  ...dnsServerSchema.shape,
  udp: resolveFactsSchema,
  /** Absent without a program that can ask so. */
  tcp: resolveFactsSchema.optional(),
});
export type AskedServer = z.infer<typeof askedServerSchema>;

// Replicas of one Deployment: a fifth rarely tells more, and each costs two questions.
const most = 4;

/** The address of the cluster DNS, and at most four of its replicas. */
export const dnsServers = async (kube: ObjectReader<'services' | 'pods'>, now: number): Promise<DnsServer[]> => {
  const [service, pods] = await Promise.all([dnsService(kube), dnsPods(kube)]);
  const addresses = [service?.spec?.clusterIP ?? ''].filter(isAddress);
  return [
    ...addresses.map((address) => ({ address, role: 'service' as const, pod: '', node: '' })),
    ...dnsReplicas(pods, now)
      .filter(({ address }) => isAddress(address))
      .slice(0, most)
      .map((replica) => ({ role: 'replica' as const, ...replica })),
  ];
};

/** An answer, whatever it says of the name, is a packet that came back. */
export const isAnswer = ({ class: heard }: ResolveFacts): boolean =>
  heard !== 'timeout' && heard !== 'no-server' && heard !== 'other';

/** A server as the matrix of all questions has it. */
export const cellOf = (server: AskedServer): DnsServer & Cell => ({
  ...server,
  udp: isAnswer(server.udp),
  tcp: server.tcp && isAnswer(server.tcp),
});

type Place = RunPort<typeof resolveName | typeof askOverTcp>;

/** Silent ones are asked again, all together: one datagram that got lost is no server that is gone. */
const allTwice = async <T extends ResolveFacts | undefined>(asking: readonly (() => Promise<T>)[]): Promise<T[]> => {
  const first = await Promise.all(asking.map(async (ask) => ({ ask, heard: await ask() })));
  return await Promise.all(first.map(async ({ ask, heard }) => (!heard || isAnswer(heard) ? heard : await ask())));
};

/** Asks one server over UDP, and once more where it is silent. */
export const askTwice = async (
  place: RunPort<typeof resolveName>,
  question: { name: string; server: string },
): Promise<ResolveFacts> => {
  const [heard] = await allTwice([() => place.run(resolveName, question)]);
  return heard as ResolveFacts;
};

const told = (server: DnsServer, udp: ResolveFacts, tcp: ResolveFacts | undefined): AskedServer => {
  if (udp.class === 'other') throw new CannotLook('lost', `Nobody understood the answer: ${udp.message}`);
  return { ...server, udp, ...(tcp && tcp.class !== 'other' ? { tcp } : {}) };
};

/**
 * One question to every server over UDP and one over TCP, all side by side.
 * @throws CannotLook where nothing can ask, or where nobody understood what was said
 */
export const askServers = async (place: Place, servers: readonly DnsServer[], name: string): Promise<AskedServer[]> => {
  const [udp, tcp] = await Promise.all([
    allTwice(
      servers.map(
        ({ address }) =>
          () =>
            place.run(resolveName, { name, server: address }),
      ),
    ),
    allTwice(
      servers.map(
        ({ address }) =>
          () =>
            ifReadable(place.run(askOverTcp, { name, server: address })),
      ),
    ),
  ]);
  return servers.map((server, at) => told(server, udp[at] as ResolveFacts, tcp[at]));
};
