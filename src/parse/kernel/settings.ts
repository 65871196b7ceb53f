import { z } from 'zod';

export const settingsSchema = z.strictObject({
  /** What the kernel said, by name; text, because some settings are lists. */
  values: z.record(z.string(), z.string()),
  /** Lines that are no setting. */
  strange: z.array(z.string()),
});
export type Settings = z.infer<typeof settingsSchema>;

// "net.ipv4.ip_local_port_range = 32768	60999"
const row = /^([a-z][\w./-]*) = ?(.*)$/;

/** `sysctl NAME…`, of procps and of busybox. */
export const parseSettings = (text: string): Settings => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const found = lines.map((line) => ({ line, match: row.exec(line) }));
  return {
    values: Object.fromEntries(found.flatMap(({ match }) => (match ? [[match[1], match[2]?.trim() ?? '']] : []))),
    strange: found.flatMap(({ line, match }) => (match ? [] : [line.slice(0, 200)])).slice(0, 10),
  };
};
