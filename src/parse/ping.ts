import { z } from 'zod';
import { connectClass } from './connect-class.js';

export const pingFactsSchema = z.strictObject({
  /** `silent`: sent, no answer. `not-permitted`: this container may not send ICMP, which says nothing of the network. */
  class: z.enum(['answers', 'some-lost', 'silent', 'no-route', 'no-name', 'not-permitted', 'other']),
  sent: z.int(),
  received: z.int(),
  /** Average in milliseconds. */
  rtt: z.number().optional(),
  message: z.string(),
});
export type PingFacts = z.infer<typeof pingFactsSchema>;

// "2 packets transmitted, 2 packets received, 0% packet loss" (busybox), "2 received" (iputils)
const counts = /(\d+) packets transmitted, (\d+)(?: packets)? received/;
// "round-trip min/avg/max = 0.060/0.068/0.076 ms", "rtt min/avg/max/mdev = 0.052/0.055/0.059/0.003 ms"
const average = /min\/avg\/max\S* = [\d.]+\/([\d.]+)\//;
const forbidden = /operation not permitted|permission denied|cap_net_raw|are you root/i;

const unsent = (text: string): PingFacts['class'] => {
  if (forbidden.test(text)) return 'not-permitted';
  const spoken = connectClass(1, text);
  if (spoken === 'no-route' || spoken === 'net-unreachable') return 'no-route';
  return spoken === 'no-name' ? 'no-name' : 'other';
};

const counted = (sent: number, received: number): PingFacts['class'] => {
  if (received === 0) return 'silent';
  return received < sent ? 'some-lost' : 'answers';
};

export const parsePing = (text: string): PingFacts => {
  const [, sent, received] = (counts.exec(text) ?? []).map(Number);
  const rtt = average.exec(text)?.[1];
  const message = text.trim().slice(-300);
  if (!sent || received === undefined) return { class: unsent(text), sent: 0, received: 0, message };
  return { class: counted(sent, received), sent, received, ...(rtt ? { rtt: Number(rtt) } : {}), message };
};
