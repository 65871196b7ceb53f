import { z } from 'zod';

/** What the kernel counted at a device since it is there. */
export const deviceCountersSchema = z.strictObject({
  rxErrors: z.number(),
  rxDropped: z.number(),
  rxFifo: z.number(),
  rxFrame: z.number(),
  txErrors: z.number(),
  txDropped: z.number(),
  txFifo: z.number(),
  txCarrier: z.number(),
});
export type DeviceCounters = z.infer<typeof deviceCountersSchema>;

// "  eth0:  637138     839    0    0    0     0          0         0   243637     677    0    0    0     0       0          0"
const row = /^\s*(\S+):\s*(\d+(?:\s+\d+){15})\s*$/;

/** `/proc/net/dev`, by name of the device. */
export const parseProcNetDev = (lines: readonly string[]): Record<string, DeviceCounters> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, numbers = ''] = row.exec(line) ?? [];
      if (!name) return [];
      const at = numbers.split(/\s+/).map(Number);
      const [rxErrors = 0, rxDropped = 0, rxFifo = 0, rxFrame = 0] = at.slice(2);
      const [txErrors = 0, txDropped = 0, txFifo = 0, , txCarrier = 0] = at.slice(10);
      return [[name, { rxErrors, rxDropped, rxFifo, rxFrame, txErrors, txDropped, txFifo, txCarrier }]];
    }),
  );
