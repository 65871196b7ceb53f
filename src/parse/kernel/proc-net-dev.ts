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

const places = {
  rxErrors: 2,
  rxDropped: 3,
  rxFifo: 4,
  rxFrame: 5,
  txErrors: 10,
  txDropped: 11,
  txFifo: 12,
  txCarrier: 14,
};

const countersIn = (numbers: readonly number[]) =>
  deviceCountersSchema.parse(
    Object.fromEntries(Object.entries(places).map(([name, place]) => [name, numbers[place] ?? 0])),
  );

/** `/proc/net/dev`, by name of the device. */
export const parseProcNetDev = (lines: readonly string[]): Record<string, DeviceCounters> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, numbers = ''] = row.exec(line) ?? [];
      return name ? [[name, countersIn(numbers.split(/\s+/).map(Number))]] : [];
    }),
  );
