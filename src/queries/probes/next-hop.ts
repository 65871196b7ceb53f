import { z } from 'zod';
import type { RunPort } from '../../domain/ports.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { neighbourSchema } from '../../parse/links/neighbours.js';
import type { RouteTo } from '../../parse/links/route-to.js';
import { ipNeighbours } from '../links/ip-neighbours.js';
import { routeTo } from '../links/route-to.js';
import { tcpConnect } from '../tcp-connect.js';
import { readable } from './readable-rows.js';

export const hopQueries = [routeTo, tcpConnect, ipNeighbours] as const;

/** The next host on the way to an address, and whether it says under which hardware address it takes packets. */
export const hopViewSchema = z.strictObject({
  hop: z.string().optional(),
  dev: z.string(),
  connect: connectFactsSchema.optional(),
  neighbour: neighbourSchema.optional(),
});
export type HopView = z.infer<typeof hopViewSchema>;

/** Whose hardware address a packet gets: that of the gateway, or of the destination where both share a link. */
const nextHopOf = ({ class: spoken, route }: RouteTo, address: string): { hop?: string; dev: string } => {
  if (spoken !== 'route' || !route || route.type === 'local' || route.dev === 'lo') return { dev: route?.dev ?? '' };
  return { hop: route.gateway ?? address, dev: route.dev };
};

interface Asked {
  readonly address: string;
  readonly port: number;
}

export const hopView = async (
  node: RunPort<(typeof hopQueries)[number]>,
  { address, port }: Asked,
): Promise<HopView> => {
  const { hop, dev } = nextHopOf(await node.run(routeTo, { address }), address);
  if (!hop) return { dev };
  // An entry ends when nobody needs it: only a packet that is on its way makes the kernel ask.
  const connect = understood(await node.run(tcpConnect, { host: address, port, tries: 2, waitSeconds: 4 }));
  const rows = readable(await node.run(ipNeighbours, {}), 'The neighbours');
  const neighbour = rows.find((one) => one.address === hop && one.dev === dev);
  return { hop, dev, connect, ...(neighbour && { neighbour }) };
};
