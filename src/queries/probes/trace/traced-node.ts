import { z } from 'zod';
import { flowNodeSchema } from '../../../domain/flow-nodes.js';
import { packetSchema } from '../../../parse/captures/packet.js';
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
  /** Packets that came too fast to be kept. */
  lost: z.int(),
  /** It listened until the last probe had ended: only then does silence mean something. */
  watched: z.boolean(),
  /** Captures that still ran afterwards, beyond those of others. */
  left: z.int(),
});
export type TracedNode = z.infer<typeof tracedNodeSchema>;
