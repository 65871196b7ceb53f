import { z } from 'zod';
import type { FlowPod } from '../../domain/flow-pods.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { understood } from '../../domain/understood.js';
import { type ConnectFacts, connectFactsSchema } from '../../parse/connect.js';
import { isFlannels, isTunnel } from '../../parse/links/tunnel-kinds.js';
import { ipLinks } from '../links/ip-links.js';
import { routeTo } from '../links/route-to.js';
import { tcpConnect } from '../tcp-connect.js';
import { readable } from './readable-rows.js';
import { thrownAway, type thrownQueries, thrownSchema } from './thrown-away.js';

const countSchema = z.strictObject({ sent: z.number(), received: z.number() });

/** How many packets went through the tunnel of each end while connections were tried. */
export const tunnelTrafficSchema = z.strictObject({
  device: z.string(),
  connect: connectFactsSchema,
  here: countSchema,
  there: countSchema,
  /** By either end itself meanwhile, whichever way the packets went. */
  thrown: thrownSchema,
});
export type TunnelTraffic = z.infer<typeof tunnelTrafficSchema>;

type Node = RunPort<typeof ipLinks | typeof routeTo | typeof tcpConnect | (typeof thrownQueries)[number]>;
export interface Ends {
  readonly here: Node;
  readonly there: Node;
  /** The source, where it is a Pod. */
  readonly pod: RunPort<typeof tcpConnect> | undefined;
}

const counts = async (node: Node, device: string) => {
  const links = readable(await node.run(ipLinks, {}), 'The network devices');
  const found = links.find(({ name }) => name === device);
  return found?.rx && found.tx && (isTunnel(found) || isFlannels(device))
    ? { sent: found.tx.packets, received: found.rx.packets }
    : undefined;
};
type Counts = NonNullable<Awaited<ReturnType<typeof counts>>>;

/** From the Pod itself, else from its Node: both send through the same tunnel. */
const tryIt = async ({ here, pod }: Ends, host: string, port: number): Promise<ConnectFacts> => {
  const args = { host, port, tries: 5, waitSeconds: 3 };
  const fromPod = pod ? await ifReadable(pod.run(tcpConnect, args).then(understood)) : undefined;
  return fromPod ?? understood(await here.run(tcpConnect, args));
};

const grown = (before: Counts, after: Counts) => ({
  sent: after.sent - before.sent,
  received: after.received - before.received,
});

/** Counts, tries, and counts again; `undefined` where no tunnel with counters lies between the two. */
export const tunnelTraffic = async (
  ends: Ends,
  { address }: Pick<FlowPod, 'address'>,
  port: number,
): Promise<TunnelTraffic | undefined> => {
  const device = (await ends.here.run(routeTo, { address })).route?.dev ?? '';
  const both = () => Promise.all([counts(ends.here, device), counts(ends.there, device)]);
  // The first answer may be one that another check was given; asked again, the ports look anew.
  await both();
  const [hereBefore, thereBefore] = await both();
  if (!hereBefore || !thereBefore) return undefined;
  const thrownBefore = await thrownAway([ends.here, ends.there], '3');
  const connect = await tryIt(ends, address, port);
  const [here, there] = await both();
  if (!here || !there) return undefined;
  const thrown = await thrownAway([ends.here, ends.there], '4');
  return {
    ...{ device, connect, here: grown(hereBefore, here), there: grown(thereBefore, there) },
    thrown: {
      ipsec: Math.max(0, thrown.ipsec - thrownBefore.ipsec),
      checksums: Math.max(0, thrown.checksums - thrownBefore.checksums),
    },
  };
};
