import { z } from 'zod';

export const reservationsSchema = z.strictObject({
  networks: z.array(z.strictObject({ name: z.string(), addresses: z.int() })),
  /** False where the list ended early. */
  complete: z.boolean(),
});
export type Reservations = z.infer<typeof reservationsSchema>;

// "== cbr0 12"
const row = /^== (\S+) (\d{1,7})$/;

/** The count of reservations of the host-local plugin, one network a line. */
export const parseReservations = (text: string): Reservations => {
  const lines = text.split('\n');
  const networks = lines.flatMap((line) => {
    const [, name, count] = row.exec(line) ?? [];
    return name === undefined ? [] : [{ name, addresses: Number(count) }];
  });
  return { networks, complete: lines.includes('== end') };
};
