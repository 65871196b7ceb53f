import { z } from 'zod';
import { hostSchema, momentSchema, portSchema } from './arguments.js';

/** A stretch is so long: short enough to be seen soon and to end long before an exec does. */
export const stretchSeconds = 10;
/** Longer than the third time that a first packet is sent again (1 + 2 + 4 seconds), and than a resolver waits. */
export const waitSeconds = 8;
/** The start of all tries, the longest wait of the last one, and a slow machine. */
export const stretchLimit = stretchSeconds + waitSeconds + 7;

// Where a sleep knows no fractions, tries of one second start together: none is left over only below half a second.
const gapSchema = z.union([z.int().min(100).max(500), z.literal(1000), z.literal(2000)]);

export const paceSchema = z.strictObject({
  host: hostSchema,
  tries: z.int().min(1).max(100),
  /** Milliseconds from the start of one try to that of the next. */
  gap: gapSchema,
  /** Which stretch of the recording it is: none is remembered from another one. */
  since: momentSchema,
});

export const pacedToPortSchema = z.strictObject({ ...paceSchema.shape, port: portSchema });

type Paced = z.infer<typeof paceSchema> & { readonly port?: number };

/** The positions that the fixed scripts take. */
export const positions = (
  { host, port = 0, tries, gap }: Paced,
  { path = '/', name = '' }: { path?: string; name?: string } = {},
): (string | number)[] => [host, port, waitSeconds, tries, path, name, gap];
