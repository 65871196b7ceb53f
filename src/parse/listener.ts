import { z } from 'zod';

/** A socket that waits. `family` says which peers it takes: `both` for a wildcard that also takes IPv4 (bindv6only off). */
export const listenerSchema = z.strictObject({
  protocol: z.enum(['TCP', 'UDP']),
  address: z.string(),
  port: z.int(),
  family: z.enum(['IPv4', 'IPv6', 'both']),
});
export type Listener = z.infer<typeof listenerSchema>;

/** Absent where nothing of the text was understood: an empty list would say that nobody listens. */
export const listenersSchema = z.strictObject({ understood: z.boolean(), listeners: z.array(listenerSchema) });
export type Listeners = z.infer<typeof listenersSchema>;

export const isLoopback = ({ address }: Pick<Listener, 'address'>): boolean =>
  address === '::1' || address.startsWith('127.');
