import { z } from 'zod';
import { flowNodeSchema } from '../../../domain/flow-nodes.js';
import { packetSchema } from '../../../parse/captures/packet.js';
import { packetDropSchema } from '../../../parse/captures/packet-drops.js';
import { pcapSchema } from '../../../parse/captures/pcap.js';
import { deviceSchema } from './devices.js';

/** What one node saw while the flow was tried. */
export const tracedNodeSchema = z.strictObject({
  ...flowNodeSchema.shape,
  devices: z.array(deviceSchema),
  /** Its own addresses: an endpoint among them has no device of its own. */
  addresses: z.array(z.string()),
  /** The device that its routes choose for the Pod at the other end; absent where there is no such route. */
  towards: z.string().optional(),
  packets: z.array(packetSchema),
  pcap: pcapSchema.optional(),
  /** Why its kernel dropped packets in the meantime, of this flow and of others; absent where it does not say. */
  drops: z.array(packetDropSchema).optional(),
  /** Packets that came too fast to be kept. */
  lost: z.int(),
  /** It listened until the last probe had ended: only then does silence mean something. */
  watched: z.boolean(),
  /** Captures that still ran afterwards, beyond those of others. */
  left: z.int(),
});
export type TracedNode = z.infer<typeof tracedNodeSchema>;

/** What one Pod saw of it, in its own network: where the way begins, or ends. */
export const tracedPodSchema = z.strictObject({
  ...flowNodeSchema.shape,
  pod: z.string(),
  address: z.string(),
  packets: z.array(packetSchema),
  pcap: pcapSchema.optional(),
  lost: z.int(),
  watched: z.boolean(),
  left: z.int(),
});
export type TracedPod = z.infer<typeof tracedPodSchema>;
