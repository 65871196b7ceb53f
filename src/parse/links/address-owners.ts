import { z } from 'zod';
import { unique } from '../addresses.js';

export const addressOwnersSchema = z.strictObject({
  /** Hardware addresses that claim the address, each once, as they answered. */
  owners: z.array(z.string()),
  /** False where the program could not ask at all. */
  understood: z.boolean(),
  message: z.string(),
});
export type AddressOwners = z.infer<typeof addressOwnersSchema>;

// "Unicast reply from 10.0.0.12 [02:00:00:00:00:13]  0.539ms"
const reply = /^(?:Unicast|Broadcast) reply from \S+ \[([0-9a-f:]{17})\]/gim;

/** `arping` of iputils and of busybox. */
export const parseAddressOwners = (text: string): AddressOwners => ({
  owners: unique([...text.matchAll(reply)].map(([, mac = '']) => mac.toLowerCase())),
  understood: /^Received \d+ response/m.test(text),
  message: text.trim().slice(-200),
});
